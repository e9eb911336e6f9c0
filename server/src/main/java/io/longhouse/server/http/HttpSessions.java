package io.longhouse.server.http;

import io.longhouse.engine.session.Session;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions that live on between requests, by identity and {@code session_id}. A session serves one
 * request at a time and is closed when nobody has used it for its timeout. All state is guarded by
 * this object's monitor; sessions are closed outside it.
 */
final class HttpSessions {
  private record Key(Object identity, String id) {}

  private static final class Entry {
    final Session session;
    boolean inUse = true;
    long expiresAtNs;

    Entry(Session session) {
      this.session = session;
    }
  }

  /** A session taken for one request. */
  final class Lease implements AutoCloseable {
    private final Key key;
    private final Entry entry;
    private final long timeoutMs;
    private boolean drop;

    private Lease(Key key, Entry entry, long timeoutMs) {
      this.key = key;
      this.entry = entry;
      this.timeoutMs = timeoutMs;
    }

    Session session() {
      return entry.session;
    }

    /** The session ends with this request. */
    void drop() {
      drop = true;
    }

    @Override
    public void close() {
      giveBack(this);
    }
  }

  private static final long SWEEP_INTERVAL_MS = 1000;
  private final Map<Key, Entry> entries = new HashMap<>();
  private boolean sweeping;

  /**
   * Takes a session; the fresh one of this request unless there is one or {@code mustExist}.
   *
   * @throws LonghouseException SESSION_NOT_FOUND (372), SESSION_IS_LOCKED (373)
   */
  Lease take(String id, long timeoutMs, boolean mustExist, Session fresh) {
    Key key = new Key(fresh.identity(), id);
    synchronized (this) {
      Entry known = entries.get(key);
      if (known != null) {
        if (known.inUse) {
          throw new LonghouseException(
              ErrorCode.SESSION_IS_LOCKED, "Session " + id + " is locked by a concurrent client");
        }
        known.inUse = true;
        known.session.renew(fresh);
        return new Lease(key, known, timeoutMs);
      }
    }
    if (mustExist) {
      throw new LonghouseException(ErrorCode.SESSION_NOT_FOUND, "Session " + id + " not found");
    }
    Entry opened = new Entry(fresh);
    synchronized (this) {
      if (entries.putIfAbsent(key, opened) == null) {
        startSweeper();
        return new Lease(key, opened, timeoutMs);
      }
    }
    throw new LonghouseException(
        ErrorCode.SESSION_IS_LOCKED, "Session " + id + " is locked by a concurrent client");
  }

  private void giveBack(Lease lease) {
    synchronized (this) {
      if (!lease.drop) {
        lease.entry.inUse = false;
        lease.entry.expiresAtNs = System.nanoTime() + lease.timeoutMs * 1_000_000L;
        return;
      }
      entries.remove(lease.key);
    }
    lease.entry.session.close();
  }

  private void startSweeper() {
    if (!sweeping) {
      sweeping = true;
      Thread.ofVirtual().name("http session sweeper").start(this::sweep);
    }
  }

  private void sweep() {
    while (true) {
      try {
        Thread.sleep(SWEEP_INTERVAL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      List<Session> expired = new ArrayList<>();
      synchronized (this) {
        long now = System.nanoTime();
        entries
            .values()
            .removeIf(e -> {
              boolean over = !e.inUse && now - e.expiresAtNs > 0;
              if (over) {
                expired.add(e.session);
              }
              return over;
            });
        sweeping = !entries.isEmpty();
      }
      expired.forEach(Session::close);
      synchronized (this) {
        if (!sweeping) {
          return;
        }
      }
    }
  }

  /** Closes every session; for the end of the server. */
  void closeAll() {
    List<Session> all = new ArrayList<>();
    synchronized (this) {
      entries.values().forEach(e -> all.add(e.session));
      entries.clear();
    }
    all.forEach(Session::close);
  }
}
