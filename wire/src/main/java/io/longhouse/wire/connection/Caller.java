package io.longhouse.wire.connection;

import org.jspecify.annotations.Nullable;

/**
 * Who connects.
 *
 * @param name of the program
 * @param secret by which it enters in place of the endpoint's user; null for that user
 */
public record Caller(String name, @Nullable ClusterSecret secret) {
  /** A person's program. */
  public static final Caller CLIENT = new Caller("ClickHouse client", null);

  /** A server that asks another one. */
  public static Caller server(@Nullable ClusterSecret secret) {
    return new Caller("ClickHouse server", secret);
  }
}
