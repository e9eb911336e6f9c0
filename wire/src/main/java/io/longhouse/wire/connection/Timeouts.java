package io.longhouse.wire.connection;

/**
 * How long a connection waits for its server, each in milliseconds.
 *
 * @param connectMs for TCP, and again for TLS
 * @param handshakeMs for the server's hello
 * @param receiveMs for the next bytes of an answer
 * @param sendMs for the server to take what is sent; whoever owns the connection looks at {@link
 *     NativeClient#stuckSendingMs} and aborts it
 */
public record Timeouts(int connectMs, int handshakeMs, int receiveMs, int sendMs) {
  /** What a client without settings of its own waits. */
  public static final Timeouts USUAL = new Timeouts(10_000, 10_000, 300_000, 300_000);
}
