package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.hash.SipHash;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.session.QueryLines;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.InsertOptions;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.WriteSchema;
import io.longhouse.storage.part.DataPart;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One INSERT into a MergeTree table: each block becomes a part in each partition it has rows of.
 */
final class MergeTreeWriter implements TableWriter {
  private final MergeTreeTable table;
  private final MergeTreeData data;
  private final InsertOptions options;
  private final WriteSchema schema;
  private final boolean narrowed;
  private final QueryLines log;
  private int blocks;
  private Written written = Written.NEW;

  MergeTreeWriter(MergeTreeTable table, QueryContext context) {
    this.table = table;
    this.data = table.data();
    var settings = context.settings();
    this.options =
        new InsertOptions(
            (int) settings.number("max_partitions_per_insert_block"),
            settings.isOn("throw_on_max_partitions_per_insert_block"),
            settings.isOn("optimize_on_insert"),
            context.queryId(),
            wishes(context));
    this.schema = data.writeSchema();
    TableId id = table.id();
    // The name of a part counts everybody's inserts.
    SessionAccess access = context.service(SessionAccess.class);
    this.narrowed = access != null && access.rowFilter(id.database(), id.name()) != null;
    this.log = narrowed ? context.log().withoutClient() : context.log();
  }

  /** What the settings of an INSERT ask of the replicas. */
  private static InsertOptions.Replicas wishes(QueryContext context) {
    var settings = context.settings();
    String token = settings.text("insert_deduplication_token");
    String quorum = settings.text("insert_quorum");
    return new InsertOptions.Replicas(
        settings.isOn("insert_deduplicate"),
        token.isEmpty() ? null : token,
        quorum.equals("auto") ? -1 : settings.number("insert_quorum"),
        settings.isOn("insert_quorum_parallel"),
        settings.number("insert_quorum_timeout"),
        context::checkStopped,
        _ -> {});
  }

  @Override
  public void write(Block block) {
    write(block, options.replicas().ofBlock(blocks++));
  }

  @Override
  public void write(Block block, @Nullable String token) {
    write(block, options.replicas().madeOf(token));
  }

  private void write(Block block, InsertOptions.Replicas wishes) {
    List<String> known = new ArrayList<>();
    List<DataPart> parts;
    try {
      parts = insert(block, options.with(wishes.noting(known::add)));
    } catch (LonghouseException e) {
      throw narrowed ? withoutCount(e) : e;
    }
    written =
        known.isEmpty()
            ? Written.NEW
            : new Written(wishes.token() == null ? hash(known) : wishes.token(), !parts.isEmpty());
    for (DataPart p : parts) {
      log.add(
          System.Logger.Level.DEBUG,
          table.id().toString(),
          () -> "Wrote part " + p.name() + " with " + p.rows() + " rows");
    }
  }

  private List<DataPart> insert(Block block, InsertOptions how) {
    if (table.replication() == null) {
      return data.insert(block, how, schema);
    }
    // The others are asked meanwhile.
    List<DataPart> parts = new ArrayList<>();
    Scheduler.blocking(() -> parts.addAll(data.insert(block, how, schema)));
    return parts;
  }

  private static String hash(List<String> ids) {
    byte[] all = ByteText.encode(String.join(",", ids));
    return HexFormat.of().toHexDigits(SipHash.hash64(all, 0, all.length));
  }

  @Override
  public Written written() {
    return written;
  }

  /** How many parts there are counts everybody's inserts. */
  private LonghouseException withoutCount(LonghouseException e) {
    return e.errorCode() == ErrorCode.TOO_MANY_PARTS && e.retryAfterSec() > 0
        ? new LonghouseException(
            e.errorCode(),
            "Too many parts in table '"
                + table.id()
                + "'. Merges are processing significantly slower than inserts. Try again in "
                + e.retryAfterSec()
                + " s",
            e.retryAfterSec())
        : e;
  }

  @Override
  public void finish() {}
}
