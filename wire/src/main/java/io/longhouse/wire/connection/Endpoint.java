package io.longhouse.wire.connection;

import io.longhouse.column.compress.Codec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and who wants in.
 *
 * @param certificate file of the client's own certificate; null for none
 * @param privateKey file of its key; null for none
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
    @Nullable Codec codec,
    @Nullable Path certificate,
    @Nullable Path privateKey) {
  /** In place of a user's name: what stands as password is a token that says whose it is. */
  public static final String TOKEN_USER = " JWT AUTHENTICATION ";

  public static final int PORT = 9000;
  public static final int SECURE_PORT = 9440;

  /** Without a certificate. */
  public Endpoint(
      String host,
      int port,
      boolean secure,
      boolean acceptAnyCertificate,
      String user,
      String password,
      String database,
      @Nullable Codec codec) {
    this(host, port, secure, acceptAnyCertificate, user, password, database, codec, null, null);
  }

  /** Nothing of the password. */
  @Override
  public String toString() {
    return user + "@" + address();
  }

  public String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
