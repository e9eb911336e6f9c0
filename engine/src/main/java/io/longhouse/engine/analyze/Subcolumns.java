package io.longhouse.engine.analyze;

import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ByteText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code column.part}: an element of a tuple, {@code size0}, {@code null}, {@code keys}, {@code
 * values}.
 */
final class Subcolumns {
  private Subcolumns() {}

  /** The expression of a path below a column, or null when the type has no such part. */
  static @Nullable Expr of(Expr column, List<String> path) {
    Expr e = column;
    for (String part : path) {
      Expr next = part(e, part);
      if (next == null) {
        return null;
      }
      e = next;
    }
    return e;
  }

  private static @Nullable Expr part(Expr e, String part) {
    DataType type = e.type();
    if (part.startsWith("^") || part.startsWith(":")) {
      return null;
    }
    return switch (type) {
      case TupleType t -> {
        boolean known = t.names().contains(part) || isPosition(part, t.elements().size());
        yield known ? element(e, part) : null;
      }
      case ArrayType a when a.element() instanceof TupleType t && t.names().contains(part) ->
          element(e, part);
      case NestedType n when n.row().names().contains(part) -> element(e, part);
      case ArrayType _ when part.equals("size0") -> call("length", e);
      case MapType _ when part.equals("size0") -> call("length", e);
      case MapType _ when part.equals("keys") -> call("mapKeys", e);
      case MapType _ when part.equals("values") -> call("mapValues", e);
      case NullableType _ when part.equals("null") -> call("isNull", e);
      case StringType _ when part.equals("size") -> call("length", e);
      default -> null;
    };
  }

  private static boolean isPosition(String part, int size) {
    if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(Character::isDigit)) {
      return false;
    }
    int n = Integer.parseInt(part);
    return n >= 1 && n <= size;
  }

  private static Expr element(Expr e, String part) {
    Expr index =
        Character.isDigit(part.charAt(0))
            ? new Expr.Constant(
                io.longhouse.column.Int8Column.of((byte) Integer.parseInt(part)), IntegerType.UINT8)
            : new Expr.Constant(StringColumn.of(ByteText.encode(part)), StringType.TYPE);
    return call("tupleElement", e, index);
  }

  private static Expr call(String name, Expr... arguments) {
    List<Expr> list = List.of(arguments);
    return new Expr.Call(
        name,
        Functions.resolve(
            name, list.stream().map(Expr::asArgument).toList(), EmptyContext.INSTANCE),
        list);
  }
}
