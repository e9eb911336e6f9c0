package io.longhouse.compat.isolation;

import java.util.ArrayList;
import java.util.List;

/** What stands behind FROM: each way to read a shared table. */
final class Sources {
  private static final List<ColumnShape> HIDDEN =
      List.of(
          new ColumnShape("_part", "LowCardinality(String)", ColumnShape.Kind.STRING),
          new ColumnShape("_partition_id", "LowCardinality(String)", ColumnShape.Kind.STRING),
          new ColumnShape("_partition_value", "Tuple()", ColumnShape.Kind.OTHER),
          new ColumnShape("_table", "LowCardinality(String)", ColumnShape.Kind.STRING),
          new ColumnShape("_part_index", "UInt64", ColumnShape.Kind.INTEGER),
          new ColumnShape("_part_offset", "UInt64", ColumnShape.Kind.INTEGER),
          new ColumnShape("_part_starting_offset", "UInt64", ColumnShape.Kind.INTEGER),
          new ColumnShape("_part_granule_offset", "UInt64", ColumnShape.Kind.INTEGER),
          new ColumnShape("_part_data_version", "UInt64", ColumnShape.Kind.INTEGER),
          new ColumnShape("_block_number", "UInt64", ColumnShape.Kind.INTEGER),
          new ColumnShape("_block_offset", "UInt64", ColumnShape.Kind.INTEGER),
          new ColumnShape("_row_exists", "UInt8", ColumnShape.Kind.INTEGER),
          new ColumnShape("_sample_factor", "Float64", ColumnShape.Kind.NUMBER));

  private final Draw draw;

  Sources(Draw draw) {
    this.draw = draw;
  }

  /**
   * Something to read.
   *
   * @param text with its alias, if it has one
   * @param columns as the query names them
   * @param prewhere whether it can have a PREWHERE
   */
  record Source(String text, List<ColumnShape> columns, boolean prewhere) {}

  private TableShape table() {
    return draw.percent(65) ? draw.of(TableShape.FILLED) : draw.of(TableShape.ALL);
  }

  /** A table under an alias. */
  Source one(String alias) {
    TableShape t = table();
    List<ColumnShape> columns = new ArrayList<>();
    t.columns().forEach(c -> columns.add(c.in(alias)));
    String name = t.name().equals("materialized_to") ? "target" : t.name();
    String text =
        switch (draw.below(14)) {
          case 0 -> "merge('app', '^" + name + "$')";
          case 1 -> "remote('127.0.0.1', app." + name + ")";
          case 2 -> "remote('127.0.0.1', 'app', '" + name + "', 'acme', 'a')";
          case 3 -> "cluster('test_shard_localhost', app." + name + ")";
          case 4 -> "clusterAllReplicas('test_cluster_two_shards', 'app', '" + name + "')";
          case 5 -> "view(SELECT * FROM app." + name + ")";
          case 6 -> "(SELECT * FROM app." + name + ")";
          default -> "app." + name;
        };
    boolean plain = text.equals("app." + name);
    if (t.isMergeTree() && draw.percent(25) && (plain || draw.percent(30))) {
      columns.addAll(hidden(alias));
    }
    String modifiers = "";
    if (plain && t.hasFinal() && draw.percent(60)) {
      modifiers = " FINAL";
    } else if (plain && draw.percent(2)) {
      modifiers = " FINAL";
    }
    if (plain && (t.name().equals("sampled") && draw.percent(50) || draw.percent(2))) {
      modifiers += " SAMPLE " + draw.of("1/2", "0.1", "1/3 OFFSET 1/3", "5", "1000000");
    }
    return new Source(
        text + " AS " + alias + modifiers, List.copyOf(columns), plain && t.isMergeTree());
  }

  /** Virtual columns: where a row is kept. */
  private List<ColumnShape> hidden(String alias) {
    List<ColumnShape> out = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      out.add(draw.of(HIDDEN).in(alias));
    }
    return out;
  }

  /** Joins of two or three, or one alone. */
  Source any() {
    Source first = draw.percent(12) ? odd() : one("t0");
    if (draw.percent(75)) {
      return first;
    }
    Source out = first;
    int more = draw.percent(95) ? 1 : 2;
    for (int i = 1; i <= more; i++) {
      out = join(out, one("t" + i), "t" + i);
    }
    return out;
  }

  private Source join(Source left, Source right, String alias) {
    String kind =
        draw.of(
            "JOIN",
            "INNER JOIN",
            "LEFT JOIN",
            "RIGHT JOIN",
            "FULL JOIN",
            "ANY LEFT JOIN",
            "ANY INNER JOIN",
            "SEMI LEFT JOIN",
            "ANTI LEFT JOIN",
            "SEMI RIGHT JOIN",
            "ANTI RIGHT JOIN",
            "ASOF JOIN",
            "ASOF LEFT JOIN",
            "CROSS JOIN",
            "GLOBAL LEFT JOIN",
            "ALL LEFT JOIN",
            "PASTE JOIN");
    List<ColumnShape> columns = new ArrayList<>(left.columns());
    columns.addAll(right.columns());
    String key = draw.of("id", "tenant", "n", "s", "owner", "b", "ls", "nn");
    String on = "t0." + key + " = " + alias + "." + key;
    if (kind.startsWith("ASOF")) {
      on += " AND t0.id >= " + alias + ".id";
    } else if (draw.percent(20)) {
      on += " AND " + alias + ".id" + draw.of(" < ", " > ", " != ") + "t0.id";
    }
    boolean alone = kind.startsWith("CROSS") || kind.startsWith("PASTE");
    String text = left.text() + " " + kind + " " + right.text() + (alone ? "" : " ON " + on);
    return new Source(text, columns, false);
  }

  /** Table functions that need no table, or take one in their own way. */
  private Source odd() {
    String table = draw.of(TableShape.FILLED).name();
    String other = draw.of(TableShape.FILLED).name();
    return switch (draw.below(20)) {
      case 14, 15, 16, 17 -> all(draw.of(Household.TABLES));
      case 18 -> some("mine.dictionary", "id", "tenant", "n", "s");
      case 19 -> some("mine.viewed", "id", "tenant", "n", "s");
      case 0, 1 -> all("(SELECT * FROM loop(app." + table + ") LIMIT 20)");
      case 2 -> some("dictionary('app.dictionary')", "id", "s", "n", "tenant");
      case 3 -> some("dictionary('mine.o" + draw.below(5) + "')", "id", "s");
      case 4, 5 -> all("merge('app', '^(wide|tiny|viewed)$')");
      case 6 -> some("merge('app', '.*')", "tenant", "owner");
      case 7 -> some("mergeTreeIndex('app', '" + table + "')", "mark_number", "part_name");
      case 8 -> some("numbers(3)", "number");
      case 9, 10 -> all("remote('127.0.0.{1,2}', 'app." + table + "')");
      case 11 -> all("mine.o" + draw.below(5));
      default -> all("(SELECT * FROM app." + table + " UNION ALL SELECT * FROM app." + other + ")");
    };
  }

  private static Source all(String text) {
    return new Source(
        text + " AS t0", ColumnShape.STORED.stream().map(c -> c.in("t0")).toList(), false);
  }

  private static Source some(String text, String... names) {
    List<ColumnShape> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(new ColumnShape("t0." + name, "UInt64", ColumnShape.Kind.INTEGER));
    }
    return new Source(text + " AS t0", columns, false);
  }
}
