package io.zerostate.queue.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;

/** A server's key and its certificate, which signs itself, as the PEM files that Redis and we read. Made by the JDK's own tool. */
record TestCertificate(Path certificateFile, Path keyFile) {
    private static final String PASSWORD = "changeit";

    /**
     * @param name whom it is for, as {@code ip:127.0.0.1} or {@code dns:localhost}
     */
    static TestCertificate create(Path directory, String name) {
        try {
            String id = UUID.randomUUID().toString();
            Path store = directory.resolve(id + ".p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                            "-genkeypair",
                            "-alias",
                            "redis",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + id,
                            "-ext",
                            "san=" + name,
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD,
                            "-keystore",
                            store.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return read(store);
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException("no certificate for tests", e);
        }
    }

    private static TestCertificate read(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(
                pem(store, "CERTIFICATE", keys.getCertificate("redis").getEncoded()),
                pem(store, "PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded()));
    }

    private static Path pem(Path store, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        String text = "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
        return Files.writeString(Path.of(store + "." + kind.replace(' ', '-') + ".pem"), text);
    }

    /** Makes a Redis speak TLS only. */
    String[] options() {
        String certificate = certificateFile.toAbsolutePath().toString();
        return new String[] {
            "--tls-port", "PORT",
            "--tls-cert-file", certificate,
            "--tls-key-file", keyFile.toAbsolutePath().toString(),
            "--tls-ca-cert-file", certificate,
            "--tls-auth-clients", "no"
        };
    }
}
