package io.longhouse.column.serial;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a type that a query names behind a dot: {@code s.size}, {@code n.null}, {@code a.size0},
 * {@code m.keys}, {@code t.x}. Here they are taken from columns in memory; {@link
 * BulkSerialization#sub} reads them alone.
 */
public final class Subcolumns {
  private Subcolumns() {}

  /** A part of a type and how it is taken from a full column. */
  public static final class Subcolumn {
    private final DataType type;
    private final UnaryOperator<Column> extraction;

    private Subcolumn(DataType type, UnaryOperator<Column> extraction) {
      this.type = type;
      this.extraction = extraction;
    }

    public DataType type() {
      return type;
    }

    /** The part of that column's values. */
    public Column of(Column column) {
      return extraction.apply(column.full());
    }
  }

  /** The part of that name, or null if the type has none. */
  public static @Nullable Subcolumn find(DataType type, String name) {
    return switch (type) {
      case StringType _ when name.equals("size") ->
          new Subcolumn(IntegerType.UINT64, c -> lengths(((StringColumn) c).offsets(), c.size()));
      case NullableType _ when name.equals("null") ->
          new Subcolumn(IntegerType.UINT8, c -> ((NullableColumn) c).nullMap());
      case NullableType n -> ofNullable(n, name);
      case ArrayType a -> ofArray(a, name);
      case MapType m -> ofArray(m.entries(), name);
      case NestedType n -> ofArray(n.array(), name);
      case TupleType t -> ofTuple(t, name);
      case StoredAs s -> find(s.storedAs(), name);
      case SimpleAggregateFunctionType s -> find(s.nested(), name);
      default -> null;
    };
  }

  private static @Nullable Subcolumn ofNullable(NullableType type, String name) {
    Subcolumn inner = find(type.nested(), name);
    return inner == null || !inner.type().canBeInsideNullable()
        ? null
        : new Subcolumn(
            NullableType.orSame(inner.type()),
            c -> {
              var n = (NullableColumn) c;
              return new NullableColumn(inner.of(n.values()), n.nulls());
            });
  }

  /** The names of all parts of a type, in the order in which DESCRIBE shows them. */
  public static List<String> names(DataType type) {
    List<String> out = new ArrayList<>();
    addNames("", type, 0, out);
    return out;
  }

  private static void addNames(String prefix, DataType type, int depth, List<String> out) {
    switch (type) {
      case StringType _ -> out.add(prefix + "size");
      case NullableType n -> {
        out.add(prefix + "null");
        addNames(prefix, n.nested(), depth, out);
      }
      case ArrayType a -> {
        out.add(prefix + "size" + depth);
        addNames(prefix, a.element(), depth + 1, out);
      }
      case MapType m -> {
        out.add(prefix + "size" + depth);
        addNames(prefix, m.entries().element(), depth + 1, out);
      }
      case NestedType n -> addNames(prefix, n.array(), depth, out);
      case TupleType t -> {
        for (int i = 0; i < t.elements().size(); i++) {
          String element = t.named() ? t.names().get(i) : Integer.toString(i + 1);
          out.add(prefix + element);
          addNames(prefix + element + ".", t.elements().get(i), 0, out);
        }
      }
      case SimpleAggregateFunctionType s -> addNames(prefix, s.nested(), depth, out);
      default -> {}
    }
  }

  private static @Nullable Subcolumn ofArray(ArrayType type, String name) {
    if (name.equals("size0")) {
      return new Subcolumn(IntegerType.UINT64, c -> lengths(((ArrayColumn) c).offsets(), c.size()));
    }
    String inner = name;
    if (name.startsWith("size") && name.length() == 5 && Character.isDigit(name.charAt(4))) {
      inner = "size" + (name.charAt(4) - '1');
    }
    Subcolumn element = find(type.element(), inner);
    return element == null
        ? null
        : new Subcolumn(
            new ArrayType(element.type()),
            c -> {
              var a = (ArrayColumn) c;
              return new ArrayColumn(a.offsets(), element.of(a.elements()), a.size());
            });
  }

  private static @Nullable Subcolumn ofTuple(TupleType type, String name) {
    for (int i = 0; i < type.elements().size(); i++) {
      int at = i;
      String element = type.named() ? type.names().get(i) : Integer.toString(i + 1);
      if (name.equals(element) || name.equals(Integer.toString(i + 1))) {
        return new Subcolumn(type.elements().get(i), c -> ((TupleColumn) c).elements().get(at));
      }
      if (name.startsWith(element + ".")) {
        Subcolumn inner = find(type.elements().get(i), name.substring(element.length() + 1));
        if (inner != null) {
          return new Subcolumn(inner.type(), c -> inner.of(((TupleColumn) c).elements().get(at)));
        }
      }
    }
    return null;
  }

  private static Int64Column lengths(int[] offsets, int rows) {
    long[] out = new long[rows];
    for (int i = 0; i < rows; i++) {
      out[i] = offsets[i + 1] - offsets[i];
    }
    return new Int64Column(out, rows);
  }
}
