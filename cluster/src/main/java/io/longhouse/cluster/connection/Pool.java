package io.longhouse.cluster.connection;

import io.longhouse.cluster.config.Replica;
import io.longhouse.column.compress.Codecs;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.connection.Caller;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import io.longhouse.wire.connection.Timeouts;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Connections to one server as one user: those at work and those that wait for work. */
final class Pool {
  private static final String COMPRESSION = "LZ4";

  private record Idle(NativeClient client, long sinceNs) {}

  private final Replica to;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Set<NativeClient> working = new HashSet<>();
  private int connecting;
  private boolean closed;
  private boolean retired;

  /** The pool is no more; there is another one for the server, or will be. */
  static final class Retired extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Pool(Replica to) {
    this.to = to;
  }

  /**
   * A connection that works: an idle one that has just answered, or a new one.
   *
   * @param asked whether an idle one is asked first; who does not want that finds out by using it
   * @param size how many there may be at once
   * @param waitMs how long to wait for one to come back when there are that many; 0 for the time of
   *     connecting
   * @throws LonghouseException when there is none
   */
  NativeClient take(Timeouts timeouts, int size, long waitMs, boolean asked) {
    NativeClient waiting = reserve(size, waitMs > 0 ? waitMs : timeouts.connectMs());
    NativeClient made = null;
    try {
      if (waiting != null) {
        waiting.timeouts(timeouts);
        made = !asked || waiting.ping() ? waiting : null;
        if (made == null) {
          dispose(waiting);
          sweep(0); // the others lead to the same server, which is gone or was started again
        }
      }
      if (made == null) {
        made = NativeClient.connect(endpoint(), timeouts, Caller.server(to.secret()));
      }
      return made;
    } finally {
      took(made);
    }
  }

  private Endpoint endpoint() {
    return new Endpoint(
        to.host(),
        to.port(),
        to.secure(),
        false,
        to.user(),
        to.password(),
        to.defaultDatabase(),
        to.compression() ? Codecs.parse(COMPRESSION) : null);
  }

  /** Takes a place, with the connection that has it if there is one. */
  private @Nullable NativeClient reserve(int size, long waitMs) {
    long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
    lock.lock();
    try {
      while (true) {
        if (retired) {
          throw new Retired();
        }
        if (closed) {
          throw new LonghouseException(ErrorCode.ABORTED, "The server is shutting down");
        }
        Idle last = idle.pollLast();
        if (last != null || working.size() + connecting < size) {
          connecting++;
          return last == null ? null : last.client();
        }
        if (leftNs <= 0) {
          throw new LonghouseException(
              ErrorCode.NETWORK_ERROR,
              "All "
                  + size
                  + " connections are in use, waited "
                  + waitMs
                  + " ms ("
                  + to.address()
                  + ")");
        }
        leftNs = returned.awaitNanos(leftNs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    } finally {
      lock.unlock();
    }
  }

  private void took(@Nullable NativeClient made) {
    lock.lock();
    try {
      connecting--;
      if (made == null) {
        returned.signal();
      } else {
        working.add(made);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a connection back. */
  void give(NativeClient client, boolean usable) {
    boolean keep;
    lock.lock();
    try {
      working.remove(client);
      keep = usable && !closed;
      if (keep) {
        idle.addLast(new Idle(client, System.nanoTime()));
      }
      returned.signal();
    } finally {
      lock.unlock();
    }
    if (!keep) {
      dispose(client);
    }
  }

  /** Closes what nobody has used for some time, and aborts what a server does not take. */
  void sweep(long idleMs) {
    long before = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(idleMs);
    List<NativeClient> old = new ArrayList<>();
    lock.lock();
    try {
      while (!idle.isEmpty() && idle.getFirst().sinceNs() < before) {
        old.add(idle.removeFirst().client());
      }
      for (NativeClient c : working) {
        if (c.stuckSendingMs() > c.timeouts().sendMs()) {
          old.add(c);
        }
      }
    } finally {
      lock.unlock();
    }
    old.forEach(Pool::dispose);
  }

  /** Ends an empty pool; false for one that is of use. */
  boolean retire() {
    lock.lock();
    try {
      retired = retired || idle.isEmpty() && working.isEmpty() && connecting == 0;
      return retired;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    List<NativeClient> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      idle.forEach(i -> all.add(i.client()));
      all.addAll(working);
      idle.clear();
      returned.signalAll();
    } finally {
      lock.unlock();
    }
    all.forEach(Pool::dispose);
  }

  private static void dispose(NativeClient client) {
    try {
      client.abort();
    } catch (UncheckedIOException e) {
      // it is gone either way
      return;
    }
  }
}
