package io.zerostate.http.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code multipart/form-data} body (RFC 7578). */
final class MultipartBody {

    private static final String BOUNDARY = "------------------------walk";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    String mediaType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    MultipartBody field(String name, String value) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    MultipartBody file(String name, Path file) throws IOException {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file.getFileName()
                + "\"\r\nContent-Type: application/wasm\r\n\r\n");
        bytes.writeBytes(Files.readAllBytes(file));
        write("\r\n");
        return this;
    }

    HttpRequest.BodyPublisher publisher() {
        write("--" + BOUNDARY + "--\r\n");
        return HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray());
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
