package io.zerostate.bus;

/** Bytes from the wire are not the message that their name promises: cut short, damaged, or of a build that this one cannot read. */
final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WireFormatException(String message) {
        super(message);
    }

    WireFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
