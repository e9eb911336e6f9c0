package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Functions;
import io.longhouse.function.InFunction;
import io.longhouse.function.OutsideQuery;
import io.longhouse.function.expr.Expr;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Expressions by hand. */
final class Exprs {
  private static final AtomicInteger sets = new AtomicInteger();

  private Exprs() {}

  static Expr input(int i, DataType type) {
    return new Expr.Input(i, type);
  }

  static Expr call(String name, Expr... arguments) {
    List<Argument> known = Arrays.stream(arguments).map(Expr::asArgument).toList();
    return new Expr.Call(
        name, Functions.resolve(name, known, OutsideQuery.INSTANCE), List.of(arguments));
  }

  /** The literal's type is the narrowest, as the analyzer has it. */
  static String describe(Expr e) {
    return switch (e) {
      case Expr.Input i -> "#" + i.index();
      case Expr.Constant c -> c.type().textOf(c.value(), 0);
      case Expr.Call c when c.function() instanceof In in -> {
        var set = new StringBuilder(describe(c.arguments().getFirst()) + " " + c.name());
        for (int k = 0; k < in.setElements[0].size(); k++) {
          set.append(' ').append(IntegerType.INT32.textOf(in.setElements[0], k));
        }
        yield set.toString();
      }
      default -> {
        String name = e instanceof Expr.Call c ? c.name() : "lambda";
        yield name + e.children().stream().map(Exprs::describe).toList();
      }
    };
  }

  static Expr number(long v) {
    if (v >= 0 && v < 256) {
      return new Expr.Constant(Int8Column.of((byte) v), IntegerType.UINT8);
    }
    if (v < 0 && v >= -128) {
      return new Expr.Constant(Int8Column.of((byte) v), IntegerType.INT8);
    }
    return v >= -32768 && v < 32768
        ? new Expr.Constant(Int16Column.of((short) v), IntegerType.INT16)
        : new Expr.Constant(Int64Column.of(v), IntegerType.INT64);
  }

  static Expr text(String v) {
    return new Expr.Constant(StringColumn.of(v.getBytes(StandardCharsets.UTF_8)), StringType.TYPE);
  }

  static Expr in(Expr left, boolean negated, Column... elements) {
    // Calls of one name with equal arguments would be computed once, whatever their sets.
    String name = (negated ? "notIn" : "in") + sets.incrementAndGet();
    return new Expr.Call(name, new In(elements, negated), List.of(left));
  }

  /** Membership in a set of numbers, by brute force. */
  private record In(Column[] setElements, boolean isNegated) implements InFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] out = new byte[rows];
      for (int i = 0; i < rows; i++) {
        boolean found = false;
        for (int k = 0; k < setElements[0].size(); k++) {
          found |=
              io.longhouse.column.type.IntegerType.INT32.compare(
                      arguments[0].full(), i, setElements[0], k, 1)
                  == 0;
        }
        out[i] = (byte) (found != isNegated ? 1 : 0);
      }
      return new Int8Column(out, rows);
    }
  }
}
