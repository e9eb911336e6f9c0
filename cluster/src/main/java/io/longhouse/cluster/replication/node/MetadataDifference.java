package io.longhouse.cluster.replication.node;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;

/**
 * Something in which a table differs from what Keeper says of it.
 *
 * @param in as messages name it
 * @param stored as written in Keeper
 * @param local as this server has it
 */
public record MetadataDifference(What what, String in, String stored, String local) {
  /** What an ALTER can change. */
  public enum What {
    UNALTERABLE,
    SAMPLING,
    SORTING_KEY,
    TTL,
    INDICES,
    PROJECTIONS,
    CONSTRAINTS,
    GRANULARITY_BYTES
  }

  LonghouseException error(String table) {
    return new LonghouseException(
        ErrorCode.METADATA_MISMATCH,
        "Metadata of table "
            + table
            + " in ZooKeeper differs in "
            + in
            + ". Stored in ZooKeeper: "
            + stored
            + ", local: "
            + local);
  }

  static void checkUnalterable(TableMetadata local, TableMetadata stored, String table) {
    List<MetadataDifference> all = new ArrayList<>();
    if (!local.dateColumn().equals(stored.dateColumn())) {
      String ours = local.dataFormatVersion() > 0 ? "custom-partitioned" : local.dateColumn();
      add(all, "date index column", stored.dateColumn(), ours);
    }
    compare(all, "index granularity", stored.granularityRows(), local.granularityRows());
    merging(all, stored.merging(), local.merging());
    if (!sameExpressions(stored.keys().primary(), local.keys().primary())) {
      add(all, "primary key", stored.keys().primary(), local.keys().primary());
    }
    compare(all, "data format version", stored.dataFormatVersion(), local.dataFormatVersion());
    if (!sameExpressions(stored.keys().partition(), local.keys().partition())) {
      add(all, "partition key expression", stored.keys().partition(), local.keys().partition());
    }
    if (!all.isEmpty()) {
      throw all.getFirst().error(table);
    }
  }

  private static void merging(
      List<MetadataDifference> all, TableMetadata.Merging stored, TableMetadata.Merging local) {
    compare(all, "mode of merge operation", stored.mode(), local.mode());
    compare(all, "sign column", stored.signColumn(), local.signColumn());
    int complete = TableMetadata.Merging.ALL_PARAMETERS;
    if (stored.formatVersion() >= complete && local.formatVersion() >= complete) {
      compare(all, "version column", stored.versionColumn(), local.versionColumn());
      compare(all, "is_deleted column", stored.isDeletedColumn(), local.isDeletedColumn());
      compare(all, "sum columns", stored.sumColumns(), local.sumColumns());
      compare(all, "graphite params", stored.graphiteHash(), local.graphiteHash());
    }
  }

  static List<MetadataDifference> alterable(TableMetadata local, TableMetadata stored) {
    List<MetadataDifference> all = new ArrayList<>();
    TableMetadata.Keys from = stored.keys();
    TableMetadata.Keys to = local.keys();
    texts(all, What.SAMPLING, "sampling expression", from.sampling(), to.sampling());
    texts(all, What.SORTING_KEY, "sorting key expression", from.sorting(), to.sorting());
    TableMetadata.Definitions are = stored.definitions();
    TableMetadata.Definitions have = local.definitions();
    texts(all, What.TTL, "TTL", are.ttl(), have.ttl());
    texts(all, What.INDICES, "skip indexes", are.indices(), have.indices());
    texts(all, What.PROJECTIONS, "projections", are.projections(), have.projections());
    texts(all, What.CONSTRAINTS, "constraints", are.constraints(), have.constraints());
    if (stored.granularityBytes() != 0 && stored.granularityBytes() != local.granularityBytes()) {
      all.add(
          new MetadataDifference(
              What.GRANULARITY_BYTES,
              "index granularity bytes",
              String.valueOf(stored.granularityBytes()),
              String.valueOf(local.granularityBytes())));
    }
    return all;
  }

  private static void texts(
      List<MetadataDifference> all, What what, String in, String stored, String local) {
    if (!sameExpressions(stored, local)) {
      all.add(new MetadataDifference(what, in, stored, local));
    }
  }

  private static void compare(List<MetadataDifference> all, String in, long stored, long local) {
    if (stored != local) {
      add(all, in, String.valueOf(stored), String.valueOf(local));
    }
  }

  private static void compare(
      List<MetadataDifference> all, String in, String stored, String local) {
    if (!stored.equals(local)) {
      add(all, in, stored, local);
    }
  }

  private static void add(List<MetadataDifference> all, String in, String stored, String local) {
    all.add(new MetadataDifference(What.UNALTERABLE, in, stored, local));
  }

  /** Servers of different ages write the same expression with more or fewer parentheses. */
  private static boolean sameExpressions(String a, String b) {
    return a.equals(b) || !a.isEmpty() && !b.isEmpty() && canonical(a).equals(canonical(b));
  }

  private static String canonical(String expressions) {
    try {
      return String.join(
          ", ",
          Parser.parseExpressions(expressions).stream().map(Formatter::formatOneLine).toList());
    } catch (LonghouseException e) {
      // No list of expressions (an index, a rule of a TTL): compared as it is written.
      return expressions;
    }
  }
}
