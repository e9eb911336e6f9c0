package io.longhouse.engine.system;

import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.meter.Measure;
import io.longhouse.engine.meter.Meter;
import io.longhouse.engine.meter.TenantStorage;
import io.longhouse.engine.meter.TopAccounts;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.tenant_usage}: what every account used in every hour. Each flush adds what was
 * counted since the one before; merges make one row of those of an account and hour, and whoever
 * reads the table adds them up (or says FINAL).
 *
 * <p>Invariants: counts are taken from the meter once and written as one part for each month, which
 * is there as a whole or not at all; those that cannot be written go back to the meter. It is
 * flushed before the query log, by the same thread: what the query log has on disk is counted on
 * disk.
 */
public final class UsageLog extends SystemLog<Meter.Hourly> {
  private static final String RETENTION = "tenant_usage.retention_days";
  private static final String RETENTION_DEFAULT = "400";

  /** Looking at what is on disk takes one part in so many of the time, whoever asks for it. */
  private static final int NOTING_SHARE = 10;

  private static final int STORED_AT_ONCE = 1 << 14;
  private static final System.Logger LOG = System.getLogger(UsageLog.class.getName());

  private final Meter meter;
  private final long retentionDays;
  private final TenantStorage storage;
  private final TopAccounts top;
  private @Nullable LocalDate tidied;

  /** The hour in which it was noted last what is on disk. */
  private volatile @Nullable Instant noted;

  /** When that was done, by the clock of this process, and how long it took. */
  private volatile long notedNs;

  private volatile long notingNs;

  /**
   * @param top gets what is written
   */
  public UsageLog(LocalEngine engine, TopAccounts top) {
    super("tenant_usage", columns(), engine);
    this.meter = engine.meter();
    this.top = top;
    this.storage = meter.storage();
    this.retentionDays =
        Long.parseLong(
            engine.config().configuration().getOrDefault(RETENTION, RETENTION_DEFAULT).strip());
  }

  /**
   * Besides, once a day, months that ended before the days that are kept are dropped; 0 keeps all.
   */
  @Override
  void written(List<Meter.Hourly> rows, Table table) {
    top.add(rows);
    LocalDate today = LocalDate.now(TimeZones.server());
    if (retentionDays <= 0 || today.equals(tidied) || !(table instanceof MergeTreeTable t)) {
      return;
    }
    tidied = today;
    LocalDate first = today.minusDays(retentionDays);
    String month = String.format(Locale.ROOT, "%04d%02d", first.getYear(), first.getMonthValue());
    for (String id : t.data().snapshot().partitionIds()) {
      if (id.compareTo(month) < 0) {
        t.data().drop(t.data().snapshot().ofPartition(id));
      }
    }
  }

  /** At the turn of the hour, what is on disk is noted, and small charges of merges are due. */
  @Override
  List<Meter.Hourly> take() {
    Instant now = Instant.now();
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    Instant before = noted;
    boolean turned = !hour.equals(before);
    meter.settle(turned, before == null ? now : before);
    if (turned) {
      noted = hour;
      noteStorage(now);
    }
    List<Meter.Hourly> rows = meter.take();
    if (!turned && rows.stream().allMatch(h -> h.account().equals(Account.ENGINE))) {
      // Merges of this very table: each flush would make the next one necessary.
      meter.putBack(rows);
      return List.of();
    }
    return rows;
  }

  /** There can be a million tenants: a row for each, some at a time. */
  private void noteStorage(Instant now) {
    long startNs = System.nanoTime();
    List<Meter.Hourly> rows = new ArrayList<>();
    try {
      storage.all(s -> {
        rows.add(Meter.stored(s, now));
        if (rows.size() == STORED_AT_ONCE) {
          writeNow(rows);
          rows.clear();
        }
      });
      if (!rows.isEmpty()) {
        writeNow(rows);
      }
    } catch (RuntimeException e) {
      // What was used has to be written all the same; storage is looked at again in an hour.
      LOG.log(System.Logger.Level.ERROR, "Cannot note what tenants have on disk", e);
    }
    notedNs = System.nanoTime();
    notingNs = notedNs - startNs;
  }

  @Override
  void flushLast() {
    flushAll();
  }

  /**
   * Has everything written that was counted, and what is on disk now, unless that takes long and
   * was done a moment ago.
   */
  public void flushAll() {
    meter.settle(true, Instant.now());
    if (System.nanoTime() - notedNs >= NOTING_SHARE * notingNs) {
      noted = null;
    }
    flush();
  }

  @Override
  void unwritten(List<Meter.Hourly> rows) {
    meter.putBack(rows);
  }

  @Override
  String storage() {
    return "ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour)"
        + " ORDER BY (tenant_space, tenant, hour)";
  }

  private static SystemColumns<Meter.Hourly> columns() {
    var columns =
        new SystemColumns<Meter.Hourly>()
            .text("tenant_space", h -> h.account().space())
            .text("tenant", h -> h.account().tenant())
            .add("hour", "DateTime", Meter.Hourly::hour);
    for (Measure m : Measure.values()) {
      String how = m.isGreatest() ? "max" : "sum";
      columns.add(
          m.column(), "SimpleAggregateFunction(" + how + ", UInt64)", h -> h.usage().get(m));
    }
    return columns
        .add(
            "storage_rows",
            "SimpleAggregateFunction(maxMap, Map(String, UInt64))",
            h -> h.usage().storedRows())
        .add(
            "storage_bytes",
            "SimpleAggregateFunction(maxMap, Map(String, UInt64))",
            h -> h.usage().storedBytes());
  }
}
