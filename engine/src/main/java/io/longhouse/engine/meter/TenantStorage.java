package io.longhouse.engine.meter;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.StoredSize;
import io.longhouse.engine.catalog.TableEntry;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.KeyCounts;
import io.longhouse.storage.mergetree.SnapshotLease;
import io.longhouse.storage.part.DataPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What tenants have on disk in tables of the MergeTree family. The rows are counted; the bytes of a
 * tenant in a shared part are its share of the part by rows. Rows that DELETE FROM has marked count
 * until a merge takes them away.
 */
public final class TenantStorage {
  private final Catalog catalog;
  private final Meter meter;

  /** What a tenant has in a table, or in several. */
  public record Stored(Account account, TableId table, long rows, long bytes, long parts) {}

  public TenantStorage(Catalog catalog, Meter meter) {
    this.catalog = catalog;
    this.meter = meter;
  }

  /** All tables of one tenant; none when the account is no tenant. */
  public List<Stored> of(Account account) {
    List<Stored> all = new ArrayList<>();
    for (TableId id : meter.tenants().tablesOf(account)) {
      Stored s =
          catalog.find(id.database(), id.name()) instanceof MergeTreeTable t
              ? of(account, t)
              : null;
      if (s != null) {
        all.add(s);
      }
    }
    return all;
  }

  private @Nullable Stored of(Account account, MergeTreeTable table) {
    return switch (meter.tenants().ownerOf(table.id())) {
      case TenantKeys.Owner.Whole w when w.account().equals(account) -> whole(account, table);
      case TenantKeys.Owner.ByKey k when k.space().equals(account.space()) -> byKey(account, table);
      case null, default -> null;
    };
  }

  private static Stored whole(Account account, MergeTreeTable table) {
    var s = table.data().snapshot();
    return new Stored(account, table.id(), s.rows(), s.bytesOnDisk(), s.parts().size());
  }

  private @Nullable Stored byKey(Account account, MergeTreeTable table) {
    String key = meter.tenants().keyOf(account);
    if (key == null) {
      return null;
    }
    long rows = 0;
    long bytes = 0;
    long parts = 0;
    Column one = null;
    try (SnapshotLease lease = table.data().lease()) {
      for (DataPart p : lease.snapshot().parts()) {
        KeyCounts counts = table.data().keyCounts().of(p);
        one = counts == null || one != null ? one : value(counts.type(), key);
        long own = counts == null || one == null ? 0 : counts.rowsOf(one);
        rows += own;
        bytes += share(p, own);
        parts += own > 0 ? 1 : 0;
      }
    }
    return new Stored(account, table.id(), rows, bytes, parts);
  }

  private static long share(DataPart p, long rows) {
    return rows == 0 ? 0 : Math.round((double) p.bytesOnDisk() * rows / p.rows());
  }

  /** Null for a key that no row of that type can have. */
  private static @Nullable Column value(DataType type, String key) {
    ColumnBuilder b = type.newBuilder(1);
    try {
      type.readText(new ByteReader(ByteText.encode(key)), TextForm.RAW, FormatSettings.DEFAULT, b);
    } catch (LonghouseException e) {
      return null;
    }
    return b.build();
  }

  /** Everything of all tenants, table by table. */
  public void all(Consumer<Stored> to) {
    for (Database d : catalog.databases()) {
      for (TableEntry e : d.entries()) {
        var id = new TableId(d.name(), e.name(), e.uuid());
        TenantKeys.Owner owner = meter.tenants().ownerOf(id);
        // Tables that are no tenant's need not be opened for it, nor those whose rows are all
        // one's.
        StoredSize closed =
            owner instanceof TenantKeys.Owner.Whole && e.engine().endsWith("MergeTree")
                ? e.ifClosed()
                : null;
        if (closed != null && owner instanceof TenantKeys.Owner.Whole w) {
          to.accept(new Stored(w.account(), id, closed.rows(), closed.bytes(), closed.parts()));
        } else if (owner != null && e.table() instanceof MergeTreeTable m) {
          all(m, to);
        }
      }
    }
  }

  private void all(MergeTreeTable table, Consumer<Stored> to) {
    switch (meter.tenants().ownerOf(table.id())) {
      case TenantKeys.Owner.Whole w -> to.accept(whole(w.account(), table));
      case TenantKeys.Owner.ByKey k ->
          shares(table)
              .forEach((key, s) ->
                  to.accept(
                      new Stored(
                          meter.tenants().accountOf(k.space(), key),
                          table.id(),
                          s[0],
                          s[1],
                          s[2])));
      case null -> {}
    }
  }

  /** Rows, bytes and parts by the text of the key. */
  private static Map<String, long[]> shares(MergeTreeTable table) {
    Map<String, long[]> shares = new HashMap<>();
    try (SnapshotLease lease = table.data().lease()) {
      for (DataPart p : lease.snapshot().parts()) {
        KeyCounts counts = table.data().keyCounts().of(p);
        for (int i = 0; counts != null && i < counts.size(); i++) {
          long[] s =
              shares.computeIfAbsent(counts.type().textOf(counts.values(), i), _ -> new long[3]);
          s[0] += counts.rows(i);
          s[1] += share(p, counts.rows(i));
          s[2]++;
        }
      }
    }
    return shares;
  }
}
