package io.longhouse.engine.meter;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.table.TableId;
import io.longhouse.storage.mergetree.KeyCounts;
import io.longhouse.storage.mergetree.MergeProgress;
import io.longhouse.storage.mergetree.MergeTreeListener;
import io.longhouse.storage.mergetree.PartKeyCounts;
import io.longhouse.storage.part.DataPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The counts of all accounts since they were last taken to the disk. Safe for many threads: who
 * counts for one account holds up those of others only by chance.
 *
 * <p>Invariants: a {@link Usage} is changed only within {@code compute} on its key; one that was
 * removed from the map is not changed any more. So a count is taken once.
 */
public final class Meter {
  private static final long HOUR_SEC = 3600;

  /** Merges charge a tenant when they have cost it so much, or at the end of the hour. */
  private static final long MERGE_CPU_NS_MIN = 1_000_000;

  private final ConcurrentHashMap<Key, Usage> counted = new ConcurrentHashMap<>();
  private final MergeCharges merges = new MergeCharges();
  private final TenantStorage storage;
  private final ConcurrentHashMap<Account, InsertGate> gates = new ConcurrentHashMap<>();
  private volatile TenantKeys tenants = TenantKeys.NONE;
  private volatile AccountLimits limits = AccountLimits.NONE;

  /** Whose counts, and of which hour. */
  private record Key(Account account, Instant hour) {}

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

  public Meter(Catalog catalog) {
    this.storage = new TenantStorage(catalog, this);
  }

  /** What tenants have on disk. */
  public TenantStorage storage() {
    return storage;
  }

  /** Says what accounts may write, from now on. */
  public void limits(AccountLimits of) {
    limits = of;
  }

  /** What an INSERT has to pass; null for an account without limits. */
  public @Nullable InsertGate gate(Account account) {
    AccountLimits.Limits l = limits.find(account);
    if (l.isNone()) {
      gates.remove(account);
      return null;
    }
    InsertGate gate = gates.computeIfAbsent(account, a -> new InsertGate(a, l, storage));
    gate.limits(l);
    return gate;
  }

  /** Says who the tenants are, from now on. */
  public void tenants(TenantKeys keys) {
    tenants = keys;
  }

  public TenantKeys tenants() {
    return tenants;
  }

  /** Whether rows of a table belong to tenants by that column. */
  public boolean isKey(TableId table, String column) {
    return tenants.ownerOf(table) instanceof TenantKeys.Owner.ByKey k && k.column().equals(column);
  }

  /**
   * Charges a merge or mutation that has ended, in the thread that did the work: by their rows to
   * those whose rows were rewritten, to a table's tenant, else to the engine itself.
   */
  public void merged(TableId table, MergeTreeListener.Event event, PartKeyCounts counts) {
    MergeProgress work = event.work();
    if (work == null) {
      return;
    }
    long cpuNs = work.cpuNs();
    boolean mutation = work.isMutation();
    switch (tenants.ownerOf(table)) {
      case TenantKeys.Owner.ByKey k when event.part() != null && counts.column() != null -> {
        // What is collapsed was rewritten as well; else the new part has the rows of the old ones.
        long rows = event.sources().stream().mapToLong(DataPart::rows).sum();
        DataPart result = event.part();
        List<DataPart> parts = result.rows() == rows ? List.of(result) : event.sources();
        for (DataPart p : parts) {
          KeyCounts c = counts.of(p);
          if (c != null) {
            merges.add(k.space(), c, (long) ((double) cpuNs * p.rows() / rows), mutation);
          }
        }
      }
      case TenantKeys.Owner.Whole w -> merged(w.account(), work);
      case null, default -> merged(Account.ENGINE, work);
    }
  }

  private void merged(Account account, MergeProgress work) {
    in(
        account,
        Instant.now(),
        usage -> {
          usage.add(Measure.MERGE_CPU_MICROSECONDS, work.cpuNs() / 1000);
          usage.add(
              work.isMutation() ? Measure.MUTATED_ROWS : Measure.MERGED_ROWS, work.rowsTotal());
        });
  }

  /**
   * Has what merges cost each tenant counted.
   *
   * @param all also where it is not yet worth it
   */
  public void settle(boolean all, Instant time) {
    gates.values().removeIf(InsertGate::isIdle);
    merges.drain(
        all ? 0 : MERGE_CPU_NS_MIN,
        (space, key, cpuMicros, merged, mutated) ->
            in(
                tenants.accountOf(space, key),
                time,
                usage -> {
                  usage.add(Measure.MERGE_CPU_MICROSECONDS, cpuMicros);
                  usage.add(Measure.MERGED_ROWS, merged);
                  usage.add(Measure.MUTATED_ROWS, mutated);
                }));
  }

  /** What a tenant has on disk in a table, as a row of the log. */
  public static Hourly stored(TenantStorage.Stored s, Instant time) {
    var usage = new Usage();
    usage.stored(s.table().toString(), s.rows(), s.bytes());
    return new Hourly(s.account(), hour(time), usage);
  }

  private static Instant hour(Instant time) {
    long sec = time.getEpochSecond();
    return Instant.ofEpochSecond(sec - Math.floorMod(sec, HOUR_SEC));
  }

  private void in(Account account, Instant time, Consumer<Usage> change) {
    counted.compute(
        new Key(account, hour(time)),
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
        taken.add(new Hourly(key.account, key.hour, usage));
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
