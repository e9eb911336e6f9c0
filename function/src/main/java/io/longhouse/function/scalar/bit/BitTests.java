package io.longhouse.function.scalar.bit;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** Whether all or any of several bits are set. */
@Register(
    kind = FunctionFactory.class,
    name = "bitTestAll",
    category = "Bit",
    doc = "Whether the bits at all the places are set.")
@Register(
    kind = FunctionFactory.class,
    name = "bitTestAny",
    category = "Bit",
    doc = "Whether the bit at any of the places is set.")
final class BitTests implements FunctionFactory {
  private final String name;

  BitTests(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 2, Integer.MAX_VALUE);
    List<NumberShape> shapes = new ArrayList<>();
    for (Argument a : arguments) {
      NumberShape shape = NumberShape.of(a.type());
      if (shape == null || !shape.isInteger() || shape.isWide()) {
        throw Arguments.illegalType(name, a.type());
      }
      shapes.add(shape);
    }
    return new Call(name.equals("bitTestAll"), shapes);
  }

  private record Call(boolean all, List<NumberShape> shapes) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public boolean mayThrow() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      long[] masks = new long[rows];
      int bits = shapes.getFirst().bytes() * 8;
      for (int a = 1; a < arguments.length; a++) {
        var at = new LongOperand(arguments[a], shapes.get(a).signed(), rows);
        for (int from = 0; from < rows; from += LongOperand.CHUNK) {
          int n = Math.min(LongOperand.CHUNK, rows - from);
          at.load(from, n);
          for (int k = 0; k < n; k++) {
            long place = at.array()[at.offset() + k];
            if (place < 0 || place >= bits) {
              throw new LonghouseException(
                  ErrorCode.PARAMETER_OUT_OF_BOUND,
                  "The bit position argument " + place + " is out of bounds for number");
            }
            masks[from + k] |= 1L << place;
          }
        }
      }
      var value = new LongOperand(arguments[0], false, rows);
      byte[] out = new byte[rows];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        value.load(from, n);
        for (int k = 0; k < n; k++) {
          long mask = masks[from + k];
          long set = value.array()[value.offset() + k] & mask;
          out[from + k] = (byte) (all ? set == mask ? 1 : 0 : set != 0 ? 1 : 0);
        }
      }
      return new Int8Column(out, rows);
    }
  }
}
