package io.longhouse.storage.mergetree;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.serial.FileNames;
import io.longhouse.column.serial.Subcolumns;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.ColumnRequest;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table's columns as one part gives them: read, converted from the type they had, or made up
 * where the part was written before the column was added. For one thread at a time.
 */
final class PartColumns {
  private final MergeTreeMetadata metadata;
  private final PartRange range;
  private final Map<String, String> renames;
  private final Map<ColumnRequest, Source> sources = new HashMap<>();
  private int defaultDepth;

  /** A column of the part with what makes it one of the table. */
  private record Source(PartReader reader, @Nullable DataType type, @Nullable ColumnCast cast) {}

  PartColumns(MergeTreeMetadata metadata, PartRange range, Map<String, String> renames) {
    this.metadata = metadata;
    this.range = range;
    this.renames = renames;
  }

  DataPart part() {
    return range.part();
  }

  /** The values of granules {@code [from, to)} in the target's type. */
  Column read(ScanColumns.Target target, int from, int to) {
    return switch (target) {
      case ScanColumns.Target.Virtual v -> virtual(v, from, to);
      case ScanColumns.Target.Stored s -> stored(s, from, to);
    };
  }

  private Column virtual(ScanColumns.Target.Virtual v, int from, int to) {
    // Some virtual columns may have been stored by a mutation or a merge.
    if (range.part().columnType(v.column().columnName()) != null) {
      Column c = read(ColumnRequest.of(v.column().columnName()), v.type(), from, to);
      if (c != null) {
        return c;
      }
    }
    return v.column().values(range, from, to);
  }

  private Column stored(ScanColumns.Target.Stored s, int from, int to) {
    TableColumn column = metadata.columns().get(s.place());
    String name = renames.getOrDefault(column.name(), column.name());
    DataType inPart = range.part().columnType(name);
    if (s.subcolumn() == null && inPart != null && losesNulls(inPart, column.type())) {
      return withoutNulls(column, name, from, to);
    }
    if (s.subcolumn() == null || inPart != null && inPart.equals(column.type())) {
      Column c = read(new ColumnRequest(name, s.subcolumn()), s.type(), from, to);
      if (c != null) {
        return c;
      }
    }
    if (s.subcolumn() != null) {
      // The part has no such substream: take it from the whole column.
      Column whole =
          stored(new ScanColumns.Target.Stored(s.place(), null, column.type()), from, to);
      return Objects.requireNonNull(Subcolumns.find(column.type(), s.subcolumn())).of(whole);
    }
    return missing(column, from, to);
  }

  private static boolean losesNulls(DataType from, DataType to) {
    return LowCardinalityType.strip(from) instanceof NullableType
        && !(LowCardinalityType.strip(to) instanceof NullableType);
  }

  /** A column that was Nullable once: in place of NULL comes the column's default. */
  private Column withoutNulls(TableColumn column, String name, int from, int to) {
    DataType plain = LowCardinalityType.strip(column.type());
    Column values = withoutNulls(column, plain, name, from, to);
    return plain.equals(column.type()) ? values : ColumnCast.of(plain, column.type()).apply(values);
  }

  private Column withoutNulls(TableColumn column, DataType plain, String name, int from, int to) {
    DataType nullable = NullableType.orSame(plain);
    Column c =
        Objects.requireNonNull(read(new ColumnRequest(name, null), nullable, from, to))
            .full()
            .plain();
    if (!(c instanceof NullableColumn n)) {
      return c;
    }
    byte[] nulls = n.nulls();
    boolean any = false;
    for (int i = 0; i < c.size(); i++) {
      any |= nulls[i] != 0;
    }
    if (!any) {
      return n.values();
    }
    Column instead = missing(column, from, to).full().plain();
    var out = n.values().newBuilder(c.size());
    for (int i = 0; i < c.size(); ) {
      int end = i + 1;
      while (end < c.size() && (nulls[end] != 0) == (nulls[i] != 0)) {
        end++;
      }
      out.appendRange(nulls[i] != 0 ? instead : n.values(), i, end - i);
      i = end;
    }
    return out.build();
  }

  private @Nullable Column read(ColumnRequest request, DataType wanted, int from, int to) {
    Source source = sources.computeIfAbsent(request, r -> open(r, wanted));
    if (source.type == null) {
      return null;
    }
    Column c = source.reader.read(0, from, to);
    return c == null || source.cast == null ? c : source.cast.apply(c);
  }

  private Source open(ColumnRequest request, DataType wanted) {
    var reader = new PartReader(range.part(), List.of(request));
    DataType type = reader.type(0);
    ColumnCast cast = type == null || type.equals(wanted) ? null : ColumnCast.of(type, wanted);
    return new Source(reader, type, cast);
  }

  /** The column's default for rows that were written without it. */
  private Column missing(TableColumn column, int from, int to) {
    int rows = (int) range.part().granularity().rowsBetween(from, to);
    Expr expression = column.defaultValue();
    if (expression == null) {
      Column arrays = asLongAsSiblings(column, from, to);
      return arrays != null ? arrays : new ConstColumn(column.type().defaultValue(), rows);
    }
    if (++defaultDepth > metadata.columns().size()) {
      throw new LonghouseException(
          ErrorCode.CYCLIC_ALIASES, "The default of column " + column.name() + " needs itself");
    }
    var inputs = new TreeSet<Integer>();
    MergeTreeMetadata.collectInputs(expression, inputs);
    Column[] block = new Column[metadata.columns().size()];
    Column filler = new ConstColumn(io.longhouse.column.Int8Column.of((byte) 0), rows);
    java.util.Arrays.fill(block, filler);
    for (int i : inputs) {
      block[i] =
          stored(
              new ScanColumns.Target.Stored(i, null, metadata.columns().get(i).type()), from, to);
    }
    defaultDepth--;
    return new Program(List.of(expression)).evaluateSingle(block, rows);
  }

  /** A new column of a Nested has as many elements in each row as its siblings. */
  private @Nullable Column asLongAsSiblings(TableColumn column, int from, int to) {
    String table = FileNames.nestedTable(column.name());
    if (table.equals(column.name()) || !(column.type() instanceof ArrayType a)) {
      return null;
    }
    for (var f : range.part().columns()) {
      if (f.name().startsWith(table + ".") && f.type() instanceof ArrayType) {
        Column sizes =
            read(
                new ColumnRequest(f.name(), "size0"),
                io.longhouse.column.type.IntegerType.UINT64,
                from,
                to);
        if (sizes != null && sizes.full() instanceof Int64Column lengths) {
          int[] offsets = new int[lengths.size() + 1];
          for (int i = 0; i < lengths.size(); i++) {
            offsets[i + 1] = Math.addExact(offsets[i], (int) lengths.values()[i]);
          }
          Column elements = a.element().defaults(offsets[lengths.size()]).full();
          return new ArrayColumn(offsets, elements, lengths.size());
        }
      }
    }
    return null;
  }

  /** Columns of consecutive rows as one. */
  static Column joined(List<Column> pieces) {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    int rows = pieces.stream().mapToInt(Column::size).sum();
    if (pieces.stream().allMatch(ConstColumn.class::isInstance)
        && pieces.stream().map(c -> ((ConstColumn) c).value()).distinct().count() == 1) {
      return new ConstColumn(((ConstColumn) pieces.getFirst()).value(), rows);
    }
    var out = pieces.getFirst().newBuilder(rows);
    for (Column c : new ArrayList<>(pieces)) {
      out.appendRange(c.full(), 0, c.size());
    }
    return out.build();
  }
}
