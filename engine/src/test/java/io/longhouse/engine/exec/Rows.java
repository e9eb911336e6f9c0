package io.longhouse.engine.exec;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.MemoryTracker;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.SparseColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blocks from lists of values and back: Long, Double, String or null. */
final class Rows {
  private Rows() {}

  static Header header(String... types) {
    List<Header.Field> fields = new ArrayList<>();
    for (String t : types) {
      fields.add(new Header.Field("c" + fields.size(), DataTypes.parse(t)));
    }
    return new Header(fields);
  }

  static Block block(Header header, List<List<@Nullable Object>> rows) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      ColumnBuilder b = header.type(i).newBuilder(rows.size());
      for (List<@Nullable Object> r : rows) {
        add(b, header.type(i), r.get(i));
      }
      columns.add(b.build());
    }
    return new Block(columns, rows.size());
  }

  private static void add(ColumnBuilder out, DataType type, @Nullable Object value) {
    switch (out) {
      case NullableColumn.Builder b -> {
        if (value == null) {
          b.addNull();
        } else {
          add(b.values(), type, value);
          b.addedValue();
        }
      }
      case LowCardinalityColumn.Builder b -> {
        ColumnBuilder one =
            ((io.longhouse.column.type.LowCardinalityType) type).nested().newBuilder(1);
        add(one, type, value);
        b.append(one.build(), 0);
      }
      case Int8Column.Builder b -> b.add((byte) number(value));
      case Int16Column.Builder b -> b.add((short) number(value));
      case Int32Column.Builder b -> b.add((int) number(value));
      case Int64Column.Builder b -> b.add(number(value));
      case Float64Column.Builder b -> b.add(value instanceof Double d ? d : number(value));
      case StringColumn.Builder b -> b.add(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
      default -> throw new IllegalArgumentException(type.name());
    }
  }

  private static long number(@Nullable Object value) {
    return value instanceof Long l
        ? l
        : ((Number) java.util.Objects.requireNonNull(value)).longValue();
  }

  static @Nullable Object value(Column c, int row) {
    return switch (c) {
      case ConstColumn k -> value(k.value(), 0);
      case LowCardinalityColumn l -> value(l.dictionary(), l.indexes()[row]);
      case SparseColumn s -> value(s.full(), row);
      case NullableColumn n -> n.isNullAt(row) ? null : value(n.values(), row);
      case Int8Column v -> (long) v.values()[row];
      case Int16Column v -> (long) v.values()[row];
      case Int32Column v -> (long) v.values()[row];
      case Int64Column v -> v.values()[row];
      case Float64Column v -> v.values()[row];
      case ArrayColumn v -> {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = v.offsets()[row]; i < v.offsets()[row + 1]; i++) {
          elements.add(value(v.elements(), i));
        }
        yield elements;
      }
      case StringColumn v -> new String(v.get(row), StandardCharsets.UTF_8);
      default -> throw new IllegalArgumentException(c.getClass().getName());
    };
  }

  static List<List<@Nullable Object>> rows(Block block) {
    List<List<@Nullable Object>> out = new ArrayList<>();
    for (int r = 0; r < block.rows(); r++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (Column c : block.columns()) {
        row.add(value(c, r));
      }
      out.add(row);
    }
    return out;
  }

  /** Everything a lane yields. */
  static List<List<@Nullable Object>> drain(Lane lane) {
    List<List<@Nullable Object>> out = new ArrayList<>();
    for (Block b = lane.next(); b != null; b = lane.next()) {
      out.addAll(rows(b));
    }
    return out;
  }

  static QueryContext context(String... settings) {
    return context(0, settings);
  }

  /**
   * @param memoryMax bytes; 0 is no limit
   */
  static QueryContext context(long memoryMax, String... settings) {
    var s = new Settings();
    for (int i = 0; i < settings.length; i += 2) {
      s.set(settings[i], settings[i + 1]);
    }
    return new QueryContext(
        "q",
        "default",
        "default",
        s,
        ZoneOffset.UTC,
        new MemoryTracker("(for query)", memoryMax, null),
        Map.of());
  }
}
