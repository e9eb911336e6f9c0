package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.DoubleSink;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** The middle between numbers, dates or times; and squares. */
@Register(
    kind = FunctionFactory.class,
    name = "avg2",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The middle between two values.")
@Register(
    kind = FunctionFactory.class,
    name = "midpoint",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The average of the arguments.")
@Register(
    kind = FunctionFactory.class,
    name = "sqr",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The number times itself.")
final class Averages implements FunctionFactory {
  private final String name;

  Averages(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (name.equals("sqr")) {
      Arguments.count(name, arguments, 1);
      Argument x = arguments.getFirst();
      return new Square(Functions.resolve("multiply", List.of(x, x), context));
    }
    Arguments.count(name, arguments, 2, name.equals("avg2") ? 2 : Integer.MAX_VALUE);
    DataType common = CommonType.of(arguments.stream().map(Argument::type).toList());
    NumberShape shape = NumberShape.ofStorage(common);
    if (shape == null || shape.isWide()) {
      throw Arguments.illegalType(name, common);
    }
    List<Cast> casts = new ArrayList<>();
    for (Argument a : arguments) {
      casts.add(Casts.of(a.type(), common, context));
    }
    return new Average(common, shape, casts);
  }

  private record Square(ScalarFunction product) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return product.resultType();
    }

    @Override
    public boolean mayThrow() {
      return product.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return product.evaluate(new Column[] {arguments[0], arguments[0]}, rows);
    }
  }

  private record Average(DataType resultType, NumberShape shape, List<Cast> casts)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column[] in = new Column[arguments.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = casts.get(i).apply(arguments[i], rows);
      }
      return shape.isFloat() ? floats(in, rows) : wholes(in, rows);
    }

    private Column floats(Column[] in, int rows) {
      var out = new DoubleSink(shape.bytes(), rows);
      DoubleOperand[] operands = new DoubleOperand[in.length];
      for (int i = 0; i < in.length; i++) {
        operands[i] = new DoubleOperand(in[i], shape, rows);
      }
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        for (DoubleOperand d : operands) {
          d.load(from, n);
        }
        for (int k = 0; k < n; k++) {
          double sum = 0;
          for (DoubleOperand d : operands) {
            sum += d.array()[d.offset() + k];
          }
          out.target()[out.offset() + k] = sum / in.length;
        }
        out.advance(n);
      }
      return out.build();
    }

    private Column wholes(Column[] in, int rows) {
      var out = new LongSink(shape.bytes(), rows);
      LongOperand[] operands = new LongOperand[in.length];
      for (int i = 0; i < in.length; i++) {
        operands[i] = new LongOperand(in[i], shape.signed(), rows);
      }
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        for (LongOperand l : operands) {
          l.load(from, n);
        }
        for (int k = 0; k < n; k++) {
          out.target()[out.offset() + k] = average(operands, k);
        }
        out.advance(n);
      }
      return out.build();
    }

    /** Adds up quotients and remainders, so that no sum overflows. */
    private long average(LongOperand[] operands, int k) {
      int count = operands.length;
      long quotients = 0;
      long rests = 0;
      for (LongOperand l : operands) {
        long v = l.array()[l.offset() + k];
        quotients += shape.signed() ? v / count : Long.divideUnsigned(v, count);
        rests += shape.signed() ? v % count : Long.remainderUnsigned(v, count);
      }
      quotients += rests / count;
      rests %= count;
      if (shape.signed() && quotients != 0 && rests != 0 && quotients > 0 != rests > 0) {
        quotients += quotients > 0 ? -1 : 1;
      }
      return quotients;
    }
  }
}
