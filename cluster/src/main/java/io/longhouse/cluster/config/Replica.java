package io.longhouse.cluster.config;

import io.longhouse.wire.connection.ClusterSecret;
import org.jspecify.annotations.Nullable;

/**
 * A server and how it is reached.
 *
 * @param compression whether blocks are compressed on their way
 * @param priority lower ones are asked first
 * @param defaultDatabase where the table is when none is named; empty for the table's own
 * @param local whether it is this server itself
 * @param secret by which it is entered in place of user and password; null for none
 */
public record Replica(
    String host,
    int port,
    String user,
    String password,
    boolean secure,
    boolean compression,
    int priority,
    String defaultDatabase,
    boolean local,
    @Nullable ClusterSecret secret) {
  /** {@code host:port}. */
  public String address() {
    return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Nothing of password and secret. */
  @Override
  public String toString() {
    return user + "@" + address();
  }
}
