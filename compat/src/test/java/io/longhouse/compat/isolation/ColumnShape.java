package io.longhouse.compat.isolation;

import java.util.List;

/**
 * A column as the generator knows it.
 *
 * @param text how a query names it
 * @param kind what can be done with it
 */
record ColumnShape(String text, String type, Kind kind) {
  /** Families of types that the same expressions take. */
  enum Kind {
    INTEGER,
    NUMBER,
    STRING,
    DATE,
    TIME,
    NUMBERS,
    STRINGS,
    MAP,
    TUPLE,
    OTHER
  }

  private static ColumnShape of(String name, String type, Kind kind) {
    return new ColumnShape(name, type, kind);
  }

  /** The columns that every shared table has, in their order. */
  static final List<ColumnShape> STORED =
      List.of(
          of("tenant", "UInt32", Kind.INTEGER),
          of("owner", "LowCardinality(String)", Kind.STRING),
          of("id", "UInt32", Kind.INTEGER),
          of("n", "Int64", Kind.INTEGER),
          of("b", "UInt8", Kind.INTEGER),
          of("f", "Float64", Kind.NUMBER),
          of("s", "String", Kind.STRING),
          of("ls", "LowCardinality(String)", Kind.STRING),
          of("ns", "LowCardinality(Nullable(String))", Kind.STRING),
          of("nn", "Nullable(Int32)", Kind.INTEGER),
          of("d", "Date", Kind.DATE),
          of("ts", "DateTime", Kind.TIME),
          of("t64", "DateTime64(3)", Kind.TIME),
          of("a", "Array(Int32)", Kind.NUMBERS),
          of("sa", "Array(LowCardinality(String))", Kind.STRINGS),
          of("m", "Map(String, Int32)", Kind.MAP),
          of("tp", "Tuple(x Int32, y String)", Kind.TUPLE),
          of("dc", "Decimal(12, 2)", Kind.NUMBER),
          of("e", "Enum8('red' = 1, 'green' = 2, 'blue' = 3, 'black' = 100)", Kind.OTHER),
          of("fs", "FixedString(4)", Kind.STRING),
          of("uid", "UUID", Kind.OTHER),
          of("ip", "IPv4", Kind.OTHER));

  /** Columns that follow from others. */
  static final List<ColumnShape> DERIVED =
      List.of(
          of("al", "Int64", Kind.INTEGER),
          of("mt", "String", Kind.STRING),
          of("df", "String", Kind.STRING));

  /** The declarations of a table that has them all. */
  static String declarations() {
    var out = new StringBuilder();
    for (ColumnShape c : STORED) {
      out.append(c.text()).append(' ').append(c.type()).append(", ");
    }
    return out
        + "al Int64 ALIAS toInt64(id) * 2, mt String MATERIALIZED reverse(s),"
        + " df String DEFAULT concat(ls, '.')";
  }

  static String storedNames() {
    return String.join(", ", STORED.stream().map(ColumnShape::text).toList());
  }

  /** The same column of a table that has an alias in the query. */
  ColumnShape in(String alias) {
    return new ColumnShape(alias + "." + text, type, kind);
  }
}
