package io.longhouse.compat.isolation;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that both tenants share.
 *
 * @param engine the text behind ENGINE
 * @param columns as queries name them
 * @param filled whether the set-up inserts rows; others show rows of tables that it fills
 */
record TableShape(String name, String engine, List<ColumnShape> columns, boolean filled) {
  private static final String SMALL_GRANULES = " SETTINGS index_granularity = 4";
  private static final String WIDE = SMALL_GRANULES + ", min_bytes_for_wide_part = 0";

  private static TableShape full(String name, String engine) {
    List<ColumnShape> all = new ArrayList<>(ColumnShape.STORED);
    all.addAll(ColumnShape.DERIVED);
    return new TableShape(name, engine, List.copyOf(all), true);
  }

  /** The tables that are filled; the sorting keys have the tenant first, last and not at all. */
  static final List<TableShape> FILLED =
      List.of(
          full("wide", "MergeTree ORDER BY (tenant, id)" + WIDE),
          full("compact", "MergeTree ORDER BY n" + SMALL_GRANULES),
          full("plain", "MergeTree ORDER BY tuple()"),
          full("cut", "MergeTree PARTITION BY (b % 3, toYYYYMM(d)) ORDER BY (s, id)" + WIDE),
          full("bytenant", "MergeTree PARTITION BY tenant ORDER BY (id, n)" + SMALL_GRANULES),
          full(
              "sampled",
              "MergeTree ORDER BY (tenant, intHash32(id)) SAMPLE BY intHash32(id)"
                  + SMALL_GRANULES),
          full("byowner", "MergeTree ORDER BY (owner, ts)" + SMALL_GRANULES),
          full("replacing", "ReplacingMergeTree(n) ORDER BY (tenant, b)" + SMALL_GRANULES),
          full("summing", "SummingMergeTree(n) ORDER BY (tenant, ls)" + WIDE),
          full("inmemory", "Memory"),
          full("logged", "Log"),
          full("tiny", "TinyLog"),
          full("striped", "StripeLog"));

  private static final List<ColumnShape> FEW =
      ColumnShape.STORED.stream()
          .filter(c -> List.of("tenant", "owner", "id", "n", "s", "ls").contains(c.text()))
          .toList();

  private static TableShape over(String name, List<ColumnShape> columns) {
    return new TableShape(name, "", columns, false);
  }

  /** What shows rows of other tables. */
  static final List<TableShape> SHOWING =
      List.of(
          over("viewed", ColumnShape.STORED),
          over("viewed_twice", FEW),
          over("materialized", FEW),
          over("materialized_to", FEW),
          over("target", FEW),
          over("inner_rows", FEW),
          over("inner_states", FEW.subList(0, 2)),
          over("aggregated", FEW.subList(0, 2)),
          over("buffered", ColumnShape.STORED),
          over("distributed", ColumnShape.STORED),
          over("merged", ColumnShape.STORED),
          over("joined", FEW),
          over("dictionary", FEW));

  static final List<TableShape> ALL = all();

  private static List<TableShape> all() {
    List<TableShape> out = new ArrayList<>(FILLED);
    out.addAll(SHOWING);
    return List.copyOf(out);
  }

  /** Whether it keeps its rows in parts. */
  boolean isMergeTree() {
    return engine.contains("MergeTree");
  }

  boolean hasFinal() {
    return engine.startsWith("Replacing") || engine.startsWith("Summing");
  }
}
