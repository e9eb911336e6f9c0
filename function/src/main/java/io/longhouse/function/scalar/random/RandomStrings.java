package io.longhouse.function.scalar.random;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.SplittableRandom;

/** Strings of random bytes or characters. */
@Register(
    kind = FunctionFactory.class,
    name = "randomString",
    category = "Random Number",
    doc = "That many random bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "randomPrintableASCII",
    category = "Random Number",
    doc = "That many random characters that can be printed.")
@Register(
    kind = FunctionFactory.class,
    name = "randomStringUTF8",
    category = "Random Number",
    doc = "That many random code points.")
@Register(
    kind = FunctionFactory.class,
    name = "randomFixedString",
    category = "Random Number",
    doc = "A FixedString of that many random bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "fuzzBits",
    category = "Random Number",
    doc = "The string with each bit turned over with that probability.")
final class RandomStrings implements FunctionFactory {
  private static final int LENGTH_MAX = 1 << 24;

  private final String name;

  RandomStrings(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesConstants() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (name.equals("fuzzBits")) {
      return fuzz(arguments);
    }
    Arguments.count(name, arguments, 1, name.equals("randomFixedString") ? 1 : 2);
    Argument length = arguments.getFirst();
    NumberShape shape = NumberShape.of(length.type());
    if (shape == null || !shape.isInteger() || shape.isWide()) {
      throw Arguments.illegalType(name, length.type());
    }
    if (!name.equals("randomFixedString")) {
      return new Call(name, shape.signed());
    }
    long n = Arguments.integer(name, arguments, 0, "First argument");
    if (n < 1 || n > 0xFFFFFF) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "FixedString size must be positive");
    }
    return new Fixed(new FixedStringType((int) n), (int) n);
  }

  private ScalarFunction fuzz(List<Argument> arguments) {
    Arguments.count(name, arguments, 2);
    DataType type = arguments.getFirst().type();
    NumberShape shape = NumberShape.of(arguments.get(1).type());
    if (!(type instanceof StringType || type instanceof FixedStringType)
        || shape == null
        || !shape.isFloat()) {
      throw Arguments.illegalType(name, type);
    }
    Column p = arguments.get(1).constant();
    if (p == null) {
      throw Arguments.notConstant(name, "Second argument");
    }
    double probability = new DoubleOperand(new ConstColumn(p, 1), shape, 1).constantValue();
    if (!(probability >= 0 && probability <= 1)) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Second argument of function fuzzBits must be from `0.0` to `1.0`");
    }
    return new Fuzz(type, probability);
  }

  /** None of these answers the same twice. */
  private interface Drawn extends ScalarFunction {
    @Override
    default boolean isDeterministic() {
      return false;
    }

    @Override
    default boolean isConstantInQuery() {
      return false;
    }
  }

  private static void fill(SplittableRandom random, byte[] b, int from, int to) {
    for (int i = from; i < to; i += 8) {
      long v = random.nextLong();
      for (int k = i; k < Math.min(to, i + 8); k++) {
        b[k] = (byte) v;
        v >>= 8;
      }
    }
  }

  private record Fixed(DataType resultType, int width) implements Drawn {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] out = new byte[Math.multiplyExact(rows, width)];
      fill(new SplittableRandom(), out, 0, out.length);
      return new FixedBytesColumn(out, width, rows);
    }
  }

  private record Fuzz(DataType resultType, double probability) implements Drawn {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return switch (arguments[0].full()) {
        case FixedBytesColumn f ->
            new FixedBytesColumn(turned(f.bytes(), rows * f.width()), f.width(), rows);
        case StringColumn s ->
            new StringColumn(s.offsets(), turned(s.bytes(), s.offsets()[rows]), rows);
        default -> throw new IllegalStateException(resultType.name());
      };
    }

    private byte[] turned(byte[] bytes, int n) {
      var random = new SplittableRandom();
      byte[] out = new byte[n];
      for (int i = 0; i < n; i++) {
        int mask = 0;
        for (int bit = 0; bit < 8; bit++) {
          mask |= random.nextDouble() < probability ? 1 << bit : 0;
        }
        out[i] = (byte) (bytes[i] ^ mask);
      }
      return out;
    }
  }

  private record Call(String name, boolean signed) implements Drawn {
    @Override
    public DataType resultType() {
      return StringType.TYPE;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var random = new SplittableRandom();
      var lengths = new LongOperand(arguments[0], signed, rows);
      var out = new StringColumn.Builder(rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        lengths.load(from, n);
        for (int k = 0; k < n; k++) {
          long length = lengths.array()[lengths.offset() + k];
          if (length < 0 || length > LENGTH_MAX) {
            throw new LonghouseException(
                ErrorCode.TOO_LARGE_STRING_SIZE,
                "Too large string size in function " + name + ": " + length);
          }
          draw(random, (int) length, out);
        }
      }
      return out.build();
    }

    private void draw(SplittableRandom random, int length, StringColumn.Builder out) {
      if (name.equals("randomStringUTF8")) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
          int c = random.nextInt(0x10FFFF + 1 - 0x800);
          text.appendCodePoint(c < 0xD800 ? c : c + 0x800);
        }
        out.add(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return;
      }
      int at = out.reserve(length);
      byte[] arena = out.arena();
      fill(random, arena, at, at + length);
      if (name.equals("randomPrintableASCII")) {
        for (int i = at; i < at + length; i++) {
          arena[i] = (byte) (32 + (arena[i] & 0xFF) * 95 / 256);
        }
      }
      out.endRow(length);
    }
  }
}
