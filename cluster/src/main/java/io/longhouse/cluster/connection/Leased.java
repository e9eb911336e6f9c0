package io.longhouse.cluster.connection;

import io.longhouse.cluster.config.Replica;
import io.longhouse.wire.connection.NativeClient;

/**
 * A connection to a replica that belongs to one caller until it is closed. A connection with an
 * answer that was not read to its end, or that was called broken, is not used again.
 */
public final class Leased implements AutoCloseable {
  private final Pool pool;
  private final Replica replica;
  private final NativeClient client;
  private boolean broken;
  private boolean closed;

  Leased(Pool pool, Replica replica, NativeClient client) {
    this.pool = pool;
    this.replica = replica;
    this.client = client;
  }

  public Replica replica() {
    return replica;
  }

  public NativeClient client() {
    return client;
  }

  /** Says that something went wrong on it. */
  public synchronized void broken() {
    broken = true;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      pool.give(client, !broken && !client.isRunning());
    }
  }
}
