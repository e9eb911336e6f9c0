package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.DoubleSink;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** Negation and magnitude. */
@Register(
    kind = FunctionFactory.class,
    name = "negate",
    category = "Arithmetic",
    doc = "The number with the other sign.")
@Register(
    kind = FunctionFactory.class,
    name = "abs",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The magnitude of a number.")
final class UnaryArithmetic implements FunctionFactory {
  private final String name;

  UnaryArithmetic(String name) {
    this.name = name;
  }

  private boolean isAbs() {
    return name.equals("abs");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    DataType type = arguments.getFirst().type();
    if (type instanceof TupleType t && !isAbs()) {
      return OnTuple.of(name, t, context);
    }
    boolean interval = type instanceof IntervalType;
    NumberShape shape = interval ? NumberShape.INT64 : NumberShape.of(type);
    if (shape == null || shape.isFloat() && shape.bytes() == 2 || interval && isAbs()) {
      throw Arguments.illegalType(name, type);
    }
    if (interval || shape.isFloat()) {
      return new Call(isAbs(), shape, shape.bytes(), type);
    }
    if (shape.isDecimal()) {
      return new Call(isAbs(), shape, shape.bytes(), shape.type());
    }
    int bytes = isAbs() || shape.signed() || shape.bytes() >= 8 ? shape.bytes() : shape.bytes() * 2;
    return new Call(isAbs(), shape, bytes, NumberShape.integer(bytes, !isAbs()).type());
  }

  private record OnTuple(List<ScalarFunction> calls, TupleType resultType)
      implements ScalarFunction {
    static OnTuple of(String name, TupleType t, FunctionContext context) {
      List<ScalarFunction> calls = new ArrayList<>();
      for (DataType e : t.elements()) {
        calls.add(Functions.resolve(name, List.of(Argument.of(e)), context));
      }
      return new OnTuple(
          calls, new TupleType(calls.stream().map(ScalarFunction::resultType).toList()));
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var t = (TupleColumn) arguments[0].full();
      List<Column> out = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        out.add(calls.get(i).evaluate(new Column[] {t.elements().get(i)}, rows).full());
      }
      return new TupleColumn(out, rows);
    }
  }

  private record Call(boolean abs, NumberShape shape, int bytes, DataType resultType)
      implements ScalarFunction {
    @Override
    public int monotonicity(int argument) {
      return !abs && (shape.signed() || bytes > shape.bytes()) ? -1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (shape.isFloat()) {
        return doubles(arguments[0], rows);
      }
      return shape.isWide() ? wide(arguments[0], rows) : longs(arguments[0], rows);
    }

    private Column doubles(Column argument, int rows) {
      var in = new DoubleOperand(argument, shape, rows);
      var out = new DoubleSink(bytes, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        double[] v = in.array();
        int i = in.offset();
        double[] target = out.target();
        int o = out.offset();
        if (abs) {
          for (int k = 0; k < n; k++) {
            target[o + k] = Math.abs(v[i + k]);
          }
        } else {
          for (int k = 0; k < n; k++) {
            target[o + k] = -v[i + k];
          }
        }
        out.advance(n);
      }
      return out.build();
    }

    private Column longs(Column argument, int rows) {
      var in = new LongOperand(argument, shape.signed(), rows);
      var out = new LongSink(bytes, rows);
      boolean magnitude = abs && shape.signed();
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        long[] v = in.array();
        int i = in.offset();
        long[] target = out.target();
        int o = out.offset();
        if (magnitude) {
          for (int k = 0; k < n; k++) {
            long sign = v[i + k] >> 63;
            target[o + k] = (v[i + k] ^ sign) - sign;
          }
        } else if (abs) {
          System.arraycopy(v, i, target, o, n);
        } else {
          for (int k = 0; k < n; k++) {
            target[o + k] = -v[i + k];
          }
        }
        out.advance(n);
      }
      return out.build();
    }

    private Column wide(Column argument, int rows) {
      int words = shape.words();
      boolean magnitude = abs && shape.signed();
      var in = new WideOperand(argument, shape.signed(), words, rows);
      long[] out =
          Kernels.wide(
              (a, i, b, j, to, o, n, w) -> {
                for (int k = 0, at = 0; k < n; k++, at += w) {
                  if (!abs || magnitude && a[i + at + w - 1] < 0) {
                    WideWords.negate(a, i + at, to, o + at, w);
                  } else {
                    System.arraycopy(a, i + at, to, o + at, w);
                  }
                }
              },
              in,
              in,
              words,
              rows);
      return new WideColumn(out, words, rows);
    }
  }
}
