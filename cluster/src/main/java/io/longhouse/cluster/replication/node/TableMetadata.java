package io.longhouse.cluster.replication.node;

import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * What all replicas of a table must agree on beside its columns: {@code /metadata}.
 *
 * <pre>
 * "metadata format version: 1\ndate column: " "\nsampling expression: " "\nindex granularity: " "\nmode: " "\nsign column: "
 * "\nprimary key: " "\n" ["data format version: 1\npartition key: " "\n"] ["sorting key: " "\n"] ["ttl: " "\n"]
 * ["indices: " "\n"] ["projections: " "\n"] ["granularity bytes: " "\n"] ["constraints: " "\n"]
 * ["merge parameters format version: " "\n" ["version column: " "\n"] ["is_deleted column: " "\n"]
 *     ["columns to sum: " "\n"] ["graphite hash: " "\n"]]
 * </pre>
 *
 * Old servers stop reading at the first line that they do not know.
 *
 * @param dateColumn of tables in the syntax before 2017; else empty
 * @param granularityRows of an index granule at most
 * @param granularityBytes 0 where the line is absent: parts are then not adaptive
 * @param dataFormatVersion 0 for tables in the syntax before 2017: their parts are named by dates
 */
public record TableMetadata(
    String dateColumn,
    Keys keys,
    Merging merging,
    long granularityRows,
    long granularityBytes,
    Definitions definitions,
    int dataFormatVersion) {
  private static final String HEADER = "metadata format version: 1\n";

  /**
   * Lists of expressions, without parentheses around them.
   *
   * @param primary the sorting key where no primary key was declared
   * @param sorting empty where no primary key was declared
   */
  public record Keys(String sampling, String partition, String primary, String sorting) {}

  /**
   * How rows are merged.
   *
   * @param mode see {@link #modeOf}
   * @param sumColumns with commas between them
   * @param formatVersion 1 where only mode and sign are in the node, else 2
   */
  public record Merging(
      int mode,
      String signColumn,
      String versionColumn,
      String isDeletedColumn,
      String sumColumns,
      String graphiteHash,
      int formatVersion) {
    public static final int ALL_PARAMETERS = 2;

    public static Merging of(int mode) {
      return new Merging(mode, "", "", "", "", "", ALL_PARAMETERS);
    }

    /**
     * The number of an engine.
     *
     * @param engine without Replicated: {@code SummingMergeTree}
     */
    public static int modeOf(String engine) {
      return switch (engine) {
        case "MergeTree" -> 0;
        case "CollapsingMergeTree" -> 1;
        case "SummingMergeTree" -> 2;
        case "AggregatingMergeTree" -> 3;
        case "ReplacingMergeTree" -> 5;
        case "GraphiteMergeTree" -> 6;
        case "VersionedCollapsingMergeTree" -> 7;
        case "CoalescingMergeTree" -> 8;
        default ->
            throw new LonghouseException(
                ErrorCode.LOGICAL_ERROR, "No mode of merging for engine " + engine);
      };
    }
  }

  /** Texts as in CREATE TABLE, with commas between several; empty where there are none. */
  public record Definitions(String ttl, String indices, String projections, String constraints) {
    public static final Definitions NONE = new Definitions("", "", "", "");
  }

  /**
   * @param where the node's path, for messages
   */
  public static TableMetadata parse(byte[] node, String where) {
    var in = new NodeText(node, where);
    in.expect(HEADER);
    String dateColumn = line(in, "date column: ");
    String sampling = line(in, "sampling expression: ");
    long rows = number(in, "index granularity: ");
    int mode = (int) number(in, "mode: ");
    String sign = line(in, "sign column: ");
    String primary = line(in, "primary key: ");
    int dataVersion = 0;
    String partition = "";
    if (in.accept("data format version: ")) {
      dataVersion = in.smallNumber();
      in.expect("\n");
      partition = dataVersion == 0 ? "" : line(in, "partition key: ");
    }
    String sorting = optional(in, "sorting key: ");
    String ttl = optional(in, "ttl: ");
    String indices = optional(in, "indices: ");
    String projections = optional(in, "projections: ");
    long bytes = in.accept("granularity bytes: ") ? number(in, "") : 0;
    String constraints = optional(in, "constraints: ");
    int parameters = in.accept("merge parameters format version: ") ? (int) number(in, "") : 1;
    var merging =
        new Merging(
            mode,
            sign,
            optional(in, "version column: "),
            optional(in, "is_deleted column: "),
            optional(in, "columns to sum: "),
            optional(in, "graphite hash: "),
            parameters);
    return new TableMetadata(
        dateColumn,
        new Keys(sampling, partition, primary, sorting),
        merging,
        rows,
        bytes,
        new Definitions(ttl, indices, projections, constraints),
        dataVersion);
  }

  private static String line(NodeText in, String name) {
    in.expect(name);
    String value = in.line();
    in.expect("\n");
    return value;
  }

  private static String optional(NodeText in, String name) {
    return in.accept(name) ? line(in, "") : "";
  }

  private static long number(NodeText in, String name) {
    in.expect(name);
    long value = in.number();
    in.expect("\n");
    return value;
  }

  public byte[] toBytes() {
    var out = new StringBuilder(512).append(HEADER);
    add(out, "date column: ", dateColumn);
    add(out, "sampling expression: ", keys.sampling);
    add(out, "index granularity: ", String.valueOf(granularityRows));
    add(out, "mode: ", String.valueOf(merging.mode));
    add(out, "sign column: ", merging.signColumn);
    add(out, "primary key: ", keys.primary);
    if (dataFormatVersion > 0) {
      add(out, "data format version: ", String.valueOf(dataFormatVersion));
      add(out, "partition key: ", keys.partition);
    }
    addUnlessEmpty(out, "sorting key: ", keys.sorting);
    addUnlessEmpty(out, "ttl: ", definitions.ttl);
    addUnlessEmpty(out, "indices: ", definitions.indices);
    addUnlessEmpty(out, "projections: ", definitions.projections);
    addUnlessEmpty(
        out, "granularity bytes: ", granularityBytes == 0 ? "" : String.valueOf(granularityBytes));
    addUnlessEmpty(out, "constraints: ", definitions.constraints);
    if (merging.formatVersion >= Merging.ALL_PARAMETERS) {
      add(out, "merge parameters format version: ", String.valueOf(merging.formatVersion));
      addUnlessEmpty(out, "version column: ", merging.versionColumn);
      addUnlessEmpty(out, "is_deleted column: ", merging.isDeletedColumn);
      addUnlessEmpty(out, "columns to sum: ", merging.sumColumns);
      addUnlessEmpty(out, "graphite hash: ", merging.graphiteHash);
    }
    return ByteText.encode(out.toString());
  }

  private static void add(StringBuilder out, String name, String value) {
    out.append(name).append(value).append('\n');
  }

  private static void addUnlessEmpty(StringBuilder out, String name, String value) {
    if (!value.isEmpty()) {
      add(out, name, value);
    }
  }

  /**
   * Checks that this table may be a replica of what is stored: all that can never be altered is the
   * same. Expressions are compared as what they say, not as they are written.
   *
   * @param table its full name, for messages
   * @throws LonghouseException METADATA_MISMATCH (342) that names what differs
   */
  public void checkUnalterable(TableMetadata stored, String table) {
    MetadataDifference.checkUnalterable(this, stored, table);
  }

  /**
   * Checks that nothing differs.
   *
   * @param table its full name, for messages
   * @throws LonghouseException METADATA_MISMATCH (342) that names what differs
   */
  public void checkEqual(TableMetadata stored, String table) {
    checkUnalterable(stored, table);
    List<MetadataDifference> differences = differences(stored);
    if (!differences.isEmpty()) {
      throw differences.getFirst().error(table);
    }
  }

  /** What an ALTER must have changed when this table is not yet as stored. */
  public List<MetadataDifference> differences(TableMetadata stored) {
    return MetadataDifference.alterable(this, stored);
  }
}
