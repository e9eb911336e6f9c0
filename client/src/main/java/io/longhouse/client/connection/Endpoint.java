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
  /** In place of a user's name: what stands as password is a token that says whose it is. */
  public static final String TOKEN_USER = " JWT AUTHENTICATION ";

  public static final int PORT = 9000;
  public static final int SECURE_PORT = 9440;

  /** Nothing of the password. */
  @Override
  public String toString() {
    return user + "@" + address();
  }

  public String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
