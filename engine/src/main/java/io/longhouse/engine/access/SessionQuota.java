package io.longhouse.engine.access;

import io.longhouse.engine.access.Quota.Resource;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The quotas that one query counts against. */
public final class SessionQuota {
  private static final long ERRORS_WAIT_NS = 10_000_000_000L;
  private static final long ERRORS_LOOK_NS = 2_000_000;

  private final String user;
  private final List<QuotaUsage.Usage> usages;
  private final LongSupplier queryHash;
  private boolean mayFail;

  private SessionQuota(String user, List<QuotaUsage.Usage> usages, LongSupplier queryHash) {
    this.user = user;
    this.usages = usages;
    this.queryHash = queryHash;
  }

  /**
   * @param address in digits, without a port
   * @param clientKey what the client calls itself; empty for nothing
   * @param queryHash of the query without its literals, asked for when it is needed
   * @throws LonghouseException QUOTA_REQUIRES_CLIENT_KEY (200)
   */
  public static SessionQuota of(
      SessionAccess access, String address, String clientKey, LongSupplier queryHash) {
    List<QuotaUsage.Usage> usages = new ArrayList<>();
    for (Quota q : access.quotas()) {
      boolean byQuery =
          !q.keys().isEmpty() && q.keys().getLast() == Quota.Key.NORMALIZED_QUERY_HASH;
      String key =
          byQuery
              ? Long.toUnsignedString(queryHash.getAsLong())
              : key(q, access.userName(), address, clientKey);
      usages.add(access.control().quotas().of(q, key));
    }
    return new SessionQuota(access.userName(), usages, queryHash);
  }

  /** The quotas that a login of a user counts against; null for none. */
  static @Nullable SessionQuota ofLogin(AccessControl control, User user, String address) {
    if (!control.index().limitsLogins()) {
      return null;
    }
    SessionAccess access = SessionAccess.of(control, user);
    List<QuotaUsage.Usage> usages = new ArrayList<>();
    for (Quota q : access.quotas()) {
      boolean byClient = !q.keys().isEmpty() && q.keys().getLast() == Quota.Key.CLIENT_KEY;
      String key = byClient ? "" : key(q, user.name(), address, "");
      usages.add(control.quotas().of(q, key));
    }
    return new SessionQuota(user.name(), usages, () -> 0);
  }

  private static String key(Quota q, String user, String address, String clientKey) {
    List<Quota.Key> keys = q.keys();
    if (keys.isEmpty()) {
      return "";
    }
    if (keys.getFirst() == Quota.Key.CLIENT_KEY && !clientKey.isEmpty()) {
      return clientKey;
    }
    return switch (keys.getLast()) {
      case USER_NAME -> user;
      case IP_ADDRESS, FORWARDED_IP_ADDRESS ->
          masked(address, q.ipv4PrefixBits(), q.ipv6PrefixBits());
      case CLIENT_KEY ->
          throw new LonghouseException(
              ErrorCode.QUOTA_REQUIRES_CLIENT_KEY,
              "Quota " + q.name() + " (for user " + user + ") requires a client supplied key.");
      case NORMALIZED_QUERY_HASH -> "";
    };
  }

  private static String masked(String address, int ipv4Bits, int ipv6Bits) {
    int bits = address.indexOf(':') < 0 ? ipv4Bits : ipv6Bits;
    if (bits == 0 || address.isEmpty()) {
      return address;
    }
    try {
      byte[] a = InetAddress.getByName(address).getAddress();
      for (int i = 0; i < a.length; i++) {
        int left = Math.clamp(bits - 8L * i, 0, 8);
        a[i] &= (byte) (0xFF00 >> left);
      }
      return InetAddress.getByAddress(a).getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }

  public boolean isEmpty() {
    return usages.isEmpty();
  }

  public List<QuotaUsage.Usage> usages() {
    return usages;
  }

  /**
   * Counts.
   *
   * @throws LonghouseException QUOTA_EXCEEDED (201) when it is more than a limit now
   */
  public void use(Resource r, long amount) {
    for (QuotaUsage.Usage u : usages) {
      for (QuotaUsage.Counters c : u.intervals()) {
        check(u, c, r, c.add(r, amount));
      }
    }
  }

  /**
   * Counts the query among those that are the same but for their literals.
   *
   * @throws LonghouseException QUOTA_EXCEEDED (201)
   */
  public void useQuery() {
    Resource r = Resource.QUERIES_PER_NORMALIZED_HASH;
    for (QuotaUsage.Usage u : usages) {
      for (QuotaUsage.Counters c : u.intervals()) {
        if (c.interval().max().containsKey(r)) {
          check(u, c, r, c.addQuery(queryHash.getAsLong()));
        }
      }
    }
  }

  /** Counts what has happened already. */
  public void note(Resource r, long amount) {
    for (QuotaUsage.Usage u : usages) {
      u.intervals().forEach(c -> c.add(r, amount));
    }
  }

  /**
   * Begins a query that may fail; {@link #end} follows. Near the limit of errors it waits for
   * queries under way: when all of them fail there must not be more errors than allowed.
   *
   * @param check called while it waits; may throw what ends the waiting
   * @throws LonghouseException QUOTA_EXCEEDED (201)
   */
  public void begin(Runnable check) {
    long untilNs = System.nanoTime() + ERRORS_WAIT_NS;
    while (true) {
      check(Resource.ERRORS);
      QuotaUsage.Usage full = tryBegin();
      if (full == null) {
        mayFail = true;
        return;
      }
      if (System.nanoTime() > untilNs) {
        for (QuotaUsage.Counters c : full.intervals()) {
          check(full, c, Resource.ERRORS, Long.MAX_VALUE);
        }
      }
      LockSupport.parkNanos(ERRORS_LOOK_NS);
      check.run();
    }
  }

  /** Answers whose errors might become too many, or null when the query may begin. */
  private QuotaUsage.@Nullable Usage tryBegin() {
    List<QuotaUsage.Counters> begun = new ArrayList<>();
    for (QuotaUsage.Usage u : usages) {
      for (QuotaUsage.Counters c : u.intervals()) {
        if (!c.mayFail()) {
          begun.forEach(b -> b.ended(false));
          return u;
        }
        begun.add(c);
      }
    }
    return null;
  }

  /**
   * A query has ended.
   *
   * @param failed whether it counts as an error
   */
  public void end(boolean failed) {
    for (QuotaUsage.Usage u : usages) {
      for (QuotaUsage.Counters c : u.intervals()) {
        if (mayFail) {
          c.ended(failed);
        } else if (failed) {
          c.failed();
        }
      }
    }
    mayFail = false;
  }

  /**
   * A statement that could not even be parsed.
   *
   * @throws LonghouseException QUOTA_EXCEEDED (201) when there were too many errors already
   */
  public void unreadable() {
    check(Resource.ERRORS);
    end(true);
  }

  /**
   * Before a query begins: whether anything that is measured was used up.
   *
   * @throws LonghouseException QUOTA_EXCEEDED (201)
   */
  public void checkMeasured() {
    for (Resource r : QueryMeter.MEASURED) {
      check(r);
    }
  }

  void reset(Resource r) {
    for (QuotaUsage.Usage u : usages) {
      u.intervals().forEach(c -> c.reset(r));
    }
  }

  /**
   * @throws LonghouseException QUOTA_EXCEEDED (201) when more than a limit was used already
   */
  public void check(Resource r) {
    for (QuotaUsage.Usage u : usages) {
      for (QuotaUsage.Counters c : u.intervals()) {
        check(u, c, r, c.used(r));
      }
    }
  }

  private void check(QuotaUsage.Usage u, QuotaUsage.Counters c, Resource r, long used) {
    Long max = c.interval().max().get(r);
    if (max != null && used > max) {
      throw new LonghouseException(
          ErrorCode.QUOTA_EXCEEDED,
          "Quota for user `"
              + user
              + "` for "
              + c.interval().seconds()
              + "s has been exceeded: "
              + r.sql()
              + " = "
              + (used == Long.MAX_VALUE
                  ? text(r, c.used(r)) + " and queries under way that may fail"
                  : text(r, used))
              + "/"
              + text(r, max)
              + ". Interval will end at "
              + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                  .format(Instant.ofEpochSecond(c.endSec()).atZone(ZoneId.systemDefault()))
              + ". Name of quota template: `"
              + u.quota().name()
              + "`",
          Math.max(1, c.endSec() - Instant.now().getEpochSecond()));
    }
  }

  private static String text(Resource r, long value) {
    if (r != Resource.EXECUTION_TIME) {
      return Long.toString(value);
    }
    double seconds = value / 1e9;
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }
}
