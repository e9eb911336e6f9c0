package io.longhouse.column.type;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.function.Supplier;

/** Time zones by name, and the one that holds where a type names none. */
public final class TimeZones {
  /** Bound by the engine while it works on a query whose session has a time zone of its own. */
  public static final ScopedValue<ZoneId> SESSION = ScopedValue.newInstance();

  private static volatile ZoneId server = ZoneId.systemDefault();

  private TimeZones() {}

  /** The session's zone, or else the server's. */
  public static ZoneId current() {
    return SESSION.isBound() ? SESSION.get() : server;
  }

  /** The zone of the server: the process's own unless the configuration says otherwise. */
  public static ZoneId server() {
    return server;
  }

  public static void server(ZoneId zone) {
    server = zone;
  }

  /** Does {@code work} with {@code zone} as the session's. */
  public static <T> T in(ZoneId zone, Supplier<T> work) {
    return ScopedValue.where(SESSION, zone).call(work::get);
  }

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36) for a name that is not known
   */
  public static ZoneId of(String name) {
    try {
      return ZoneId.of(name, ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Cannot load time zone " + name, e);
    }
  }
}
