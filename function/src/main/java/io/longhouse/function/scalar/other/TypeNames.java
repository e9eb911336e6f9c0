package io.longhouse.function.scalar.other;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.Quoting;
import java.util.StringJoiner;

/** Names of types for people, and of columns as ClickHouse calls its own. */
final class TypeNames {
  private TypeNames() {}

  /** The type's name, elements of named tuples on lines of their own. */
  static String pretty(DataType type) {
    return pretty(type, 0);
  }

  private static String pretty(DataType type, int indent) {
    return switch (type) {
      case TupleType t when t.named() -> {
        String pad = " ".repeat(indent + 4);
        var s = new StringJoiner(",\n", "Tuple(\n", ")");
        for (int i = 0; i < t.elements().size(); i++) {
          s.add(
              pad
                  + Quoting.identifier(t.names().get(i))
                  + " "
                  + pretty(t.elements().get(i), indent + 4));
        }
        yield s.toString();
      }
      case TupleType t -> {
        var s = new StringJoiner(", ", "Tuple(", ")");
        t.elements().forEach(e -> s.add(pretty(e, indent)));
        yield s.toString();
      }
      case ArrayType a -> "Array(" + pretty(a.element(), indent) + ")";
      case MapType m -> "Map(" + pretty(m.key(), indent) + ", " + pretty(m.value(), indent) + ")";
      default -> type.name();
    };
  }

  /** The name of a column in memory. */
  static String column(DataType type, Column c) {
    return c instanceof ConstColumn ? "Const(" + name(type) + ")" : name(type);
  }

  private static String name(DataType type) {
    return switch (type) {
      case NullableType n -> "Nullable(" + name(n.nested()) + ")";
      case LowCardinalityType l -> "LowCardinality(" + name(l.nested()) + ")";
      case ArrayType a -> "Array(" + name(a.element()) + ")";
      case MapType m -> "Map(" + name(m.key()) + ", " + name(m.value()) + ")";
      case TupleType t -> {
        var s = new StringJoiner(", ", "Tuple(", ")");
        t.elements().forEach(e -> s.add(name(e)));
        yield s.toString();
      }
      case DecimalType d -> "Decimal" + d.bytes() * 8;
      case BoolType _ -> "UInt8";
      case StringType _, NothingType _, UuidType _, Ipv4Type _, Ipv6Type _ -> type.name();
      default -> {
        NumberShape shape = NumberShape.ofStorage(type);
        yield shape != null && shape.isInteger() && !(type instanceof IntegerType)
            ? shape.type().name()
            : type.name();
      }
    };
  }

  /** A column's layout with sizes, all the way down. */
  static String structure(DataType type, Column c) {
    return switch (c) {
      case ConstColumn k -> "Const(size = " + k.size() + ", " + structure(type, k.value()) + ")";
      case NullableColumn n ->
          "Nullable(size = "
              + n.size()
              + ", "
              + structure(NullableType.strip(type), n.values())
              + ", UInt8(size = "
              + n.size()
              + "))";
      case LowCardinalityColumn l -> dictionary((LowCardinalityType) type, l);
      case ArrayColumn a -> {
        DataType element =
            type instanceof MapType m ? m.entries().element() : ((ArrayType) type).element();
        String array =
            "Array(size = "
                + a.size()
                + ", UInt64(size = "
                + a.size()
                + "), "
                + structure(element, a.elements().slice(0, a.offsets()[a.size()]))
                + ")";
        yield type instanceof MapType ? "Map(size = " + a.size() + ", " + array + ")" : array;
      }
      case TupleColumn t -> {
        var s = new StringJoiner(", ", "Tuple(size = " + t.size() + ", ", ")");
        for (int i = 0; i < t.elements().size(); i++) {
          s.add(structure(((TupleType) type).elements().get(i), t.elements().get(i)));
        }
        yield s.toString();
      }
      default -> name(type) + "(size = " + c.size() + ")";
    };
  }

  /** The dictionary of the other side begins with the default value, ours need not have it. */
  private static String dictionary(LowCardinalityType type, LowCardinalityColumn l) {
    var b = type.newBuilder(l.size());
    b.appendRange(l, 0, l.size());
    b.appendDefault(1);
    if (type.nested() instanceof NullableType n) {
      b.append(n.nested().defaultValue(), 0);
    }
    int entries = b.build().dictionary().size();
    String index = entries < 1 << 8 ? "UInt8" : entries < 1 << 16 ? "UInt16" : "UInt32";
    return "LowCardinality(size = "
        + l.size()
        + ", "
        + index
        + "(size = "
        + l.size()
        + "), Unique(size = "
        + entries
        + ", "
        + name(NullableType.strip(type.nested()))
        + "(size = "
        + entries
        + ")))";
  }
}
