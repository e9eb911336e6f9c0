package io.longhouse.function.scalar.math;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;
import java.util.List;

/** Whether numbers are prime, by the test of Miller and Rabin. */
@Register(
    kind = FunctionFactory.class,
    name = "isPrime",
    category = "Mathematical",
    doc = "Whether an unsigned integer of at most 64 bits is prime.")
@Register(
    kind = FunctionFactory.class,
    name = "isProbablePrime",
    category = "Mathematical",
    doc = "Whether an unsigned integer is very probably prime; argument 2: rounds of the test.")
final class Primes implements FunctionFactory {
  private static final int DEFAULT_ROUNDS = 25;
  private static final int MAX_ROUNDS = 256;

  /** With these bases the test is right for all numbers of 64 bits. */
  private static final long[] BASES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

  private final String name;

  Primes(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean probable = name.equals("isProbablePrime");
    var s = new Signature(name, arguments).between(1, probable ? 2 : 1);
    int bytes = bytes(s.type(0), probable ? 32 : 8);
    if (bytes == 0) {
      throw s.illegal(0, "must be an unsigned integer");
    }
    long rounds = s.size() > 1 ? s.constantInteger(1) : DEFAULT_ROUNDS;
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Second argument of function " + name + " must be a positive integer of at most 256");
    }
    return Resolved.of(
        IntegerType.UINT8,
        (c, rows) -> bytes <= 8 ? small(c[0], rows) : wide(c[0], bytes / 8, (int) rounds, rows));
  }

  private static int bytes(DataType type, int max) {
    boolean taken =
        type instanceof IntegerType t
            && !t.signed()
            && t.bytes() <= max
            && !type.name().equals("Bool");
    return taken ? ((IntegerType) type).bytes() : 0;
  }

  private static Column small(Column c, int rows) {
    long[] v = Rows.longs(c, false);
    int mask = Rows.mask(c);
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = (byte) (isPrime(v[r & mask]) ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private static Column wide(Column c, int words, int rounds, int rows) {
    var operand = new WideOperand(c, false, words, rows);
    byte[] out = new byte[rows];
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      operand.load(from, n);
      for (int i = 0; i < n; i++) {
        BigInteger v = WideWords.value(operand.array(), operand.offset() + i * words, words, false);
        boolean prime =
            v.bitLength() <= 64 ? isPrime(v.longValue()) : v.isProbablePrime(2 * rounds);
        out[from + i] = (byte) (prime ? 1 : 0);
      }
    }
    return new Int8Column(out, rows);
  }

  private static boolean isPrime(long n) {
    if (n >= 0 && n < 2) {
      return false;
    }
    for (long p : BASES) {
      if (n == p) {
        return true;
      }
      if (Long.remainderUnsigned(n, p) == 0) {
        return false;
      }
    }
    int twos = Long.numberOfTrailingZeros(n - 1);
    long odd = n - 1 >>> twos;
    for (long base : BASES) {
      if (!passes(n, base, odd, twos)) {
        return false;
      }
    }
    return true;
  }

  private static boolean passes(long n, long base, long odd, int twos) {
    long x = 1;
    long square = base;
    for (long e = odd; e != 0; e >>>= 1) {
      if ((e & 1) != 0) {
        x = product(x, square, n);
      }
      square = product(square, square, n);
    }
    if (x == 1 || x == n - 1) {
      return true;
    }
    for (int i = 1; i < twos; i++) {
      x = product(x, x, n);
      if (x == n - 1) {
        return true;
      }
    }
    return false;
  }

  /** {@code a * b % n}, all unsigned. */
  private static long product(long a, long b, long n) {
    long high = Math.unsignedMultiplyHigh(a, b);
    long low = a * b;
    if (high == 0) {
      return Long.remainderUnsigned(low, n);
    }
    long rest = Long.remainderUnsigned(high, n);
    for (int i = 63; i >= 0; i--) {
      boolean carries = rest < 0;
      rest = rest << 1 | low >>> i & 1;
      if (carries || Long.compareUnsigned(rest, n) >= 0) {
        rest -= n;
      }
    }
    return rest;
  }
}
