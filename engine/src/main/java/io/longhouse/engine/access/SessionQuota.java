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
import org.jspecify.annotations.Nullable;

/** The quotas that one query counts against. */
public final class SessionQuota {
  private final String user;
  private final List<QuotaUsage.Usage> usages;

  private SessionQuota(String user, List<QuotaUsage.Usage> usages) {
    this.user = user;
    this.usages = usages;
  }

  /**
   * @param address in digits, without a port
   * @param clientKey what the client calls itself; empty for nothing
   * @throws LonghouseException QUOTA_REQUIRES_CLIENT_KEY (200)
   */
  public static SessionQuota of(SessionAccess access, String address, String clientKey) {
    List<QuotaUsage.Usage> usages = new ArrayList<>();
    for (Quota q : access.quotas()) {
      String key = key(q, access.userName(), address, clientKey);
      usages.add(access.control().quotas().of(q, key));
    }
    return new SessionQuota(access.userName(), usages);
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
    return new SessionQuota(user.name(), usages);
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

  /** Counts what has happened already. */
  public void note(Resource r, long amount) {
    for (QuotaUsage.Usage u : usages) {
      u.intervals().forEach(c -> c.add(r, amount));
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
              + text(r, used)
              + "/"
              + text(r, max)
              + ". Interval will end at "
              + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                  .format(Instant.ofEpochSecond(c.endSec()).atZone(ZoneId.systemDefault()))
              + ". Name of quota template: `"
              + u.quota().name()
              + "`");
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
