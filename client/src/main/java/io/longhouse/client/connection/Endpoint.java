package io.longhouse.client.connection;

import io.longhouse.column.compress.Codec;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and who wants in.
 *
 * @param codec with what blocks are compressed; null for not at all
 */
public record Endpoint(
    String host,
    int port,
    boolean secure,
    boolean acceptAnyCertificate,
    String user,
    String password,
    String database,
    @Nullable Codec codec) {
  public static final int PORT = 9000;
  public static final int SECURE_PORT = 9440;

  public String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
