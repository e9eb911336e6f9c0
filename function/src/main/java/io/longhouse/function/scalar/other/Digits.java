package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.registry.Register;
import java.math.BigInteger;
import java.util.List;

/** How many decimal digits a number takes. */
@Register(
    kind = FunctionFactory.class,
    name = "countDigits",
    category = "Other",
    doc = "How many decimal digits the number has, those behind the point included.")
@Register(
    kind = FunctionFactory.class,
    name = "isDecimalOverflow",
    category = "Other",
    doc = "Whether a decimal takes more digits than a precision admits.")
final class Digits implements FunctionFactory {
  private final String name;

  Digits(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean overflow = name.equals("isDecimalOverflow");
    Arguments.count(name, arguments, 1, overflow ? 2 : 1);
    DataType type = arguments.getFirst().type();
    NumberShape shape = NumberShape.of(type);
    if (shape == null || shape.isFloat() || overflow && !shape.isDecimal()) {
      throw Arguments.illegalType(name, type);
    }
    int precision = type instanceof DecimalType d ? d.precision() : 0;
    if (arguments.size() == 2) {
      precision = (int) Arguments.integer(name, arguments, 1, "Second argument");
    }
    return new Call(shape, overflow ? precision : -1);
  }

  /**
   * @param precision to compare with, -1 to answer the number of digits
   */
  private record Call(NumberShape shape, int precision) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      int words = shape.words();
      var in = new WideOperand(arguments[0], shape.signed(), words, rows);
      byte[] out = new byte[rows];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          int d = digits(in.array(), in.offset() + k * words, words);
          out[from + k] = (byte) (precision < 0 ? d : d > precision ? 1 : 0);
        }
      }
      return new Int8Column(out, rows);
    }

    private int digits(long[] v, int i, int words) {
      BigInteger value = WideWords.value(v, i, words, shape.signed()).abs();
      return value.toString().length();
    }
  }
}
