package io.zerostate.queue.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks to a Redis as plainly as can be, so that tests look at it in another way than the product does. */
final class RedisConsole implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RedisConsole(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Answers a Long, a String, a List of answers, or null; throws for an error. */
    Object command(String... words) throws IOException {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append('$').append(word.getBytes(UTF_8).length).append("\r\n").append(word).append("\r\n");
        }
        socket.getOutputStream().write(request.toString().getBytes(UTF_8));
        return read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private @Nullable Object read() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.valueOf(rest);
            case '-' -> throw new IllegalStateException(rest);
            case '$' -> rest.equals("-1") ? null : bulk(Integer.parseInt(rest));
            case '*' -> rest.equals("-1") ? null : array(Integer.parseInt(rest));
            default -> throw new IllegalStateException("not RESP: " + line);
        };
    }

    private String bulk(int length) throws IOException {
        String text = new String(in.readNBytes(length), UTF_8);
        in.readNBytes(2);
        return text;
    }

    private List<Object> array(int size) throws IOException {
        List<Object> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(read());
        }
        return all;
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new IOException("Redis closed the connection");
            }
            text.append((char) next);
        }
        in.read();
        return text.toString();
    }
}
