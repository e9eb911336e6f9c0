package io.longhouse.engine.meter;

import io.longhouse.engine.access.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The counts of all accounts since they were last taken to the disk. Safe for many threads: who
 * counts for one account holds up those of others only by chance.
 *
 * <p>Invariants: a {@link Usage} is changed only within {@code compute} on its key; one that was
 * removed from the map is not changed any more. So a count is taken once.
 */
public final class Meter {
  private static final long HOUR_SEC = 3600;

  private final ConcurrentHashMap<Key, Usage> counted = new ConcurrentHashMap<>();

  /** Whose counts, and of which hour in seconds since 1970. */
  private record Key(Account account, long hourSec) {}

  /** What an account used within an hour, or a part of that. */
  public record Hourly(Account account, Instant hour, Usage usage) {}

  /**
   * Counts a query for the hour in which it ended.
   *
   * @param end the moment that {@code query_log} gives as its end
   */
  public void ended(Account account, QueryUse query, Instant end) {
    in(account, end, query::addTo);
  }

  private void in(Account account, Instant time, Consumer<Usage> change) {
    long sec = time.getEpochSecond();
    counted.compute(
        new Key(account, sec - Math.floorMod(sec, HOUR_SEC)),
        (_, known) -> {
          Usage usage = known == null ? new Usage() : known;
          change.accept(usage);
          return usage;
        });
  }

  /** What was counted before the call and not taken yet; it is the caller's from now on. */
  public List<Hourly> take() {
    List<Hourly> taken = new ArrayList<>();
    for (Key key : counted.keySet()) {
      Usage usage = counted.remove(key);
      if (usage != null) {
        taken.add(new Hourly(key.account, Instant.ofEpochSecond(key.hourSec), usage));
      }
    }
    return taken;
  }

  /** Takes counts back that could not be written. */
  public void putBack(List<Hourly> taken) {
    for (Hourly h : taken) {
      in(h.account, h.hour, usage -> usage.add(h.usage));
    }
  }
}
