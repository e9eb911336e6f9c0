package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TableExpression.Ratio;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The share of rows that {@code SAMPLE} wants, as a range of the sampling key: of all values that
 * its type has, those from {@code offset} to {@code offset + share}, exactly.
 *
 * @param conditions over the table's stored columns; none when all rows are wanted
 * @param factor how many rows one row stands for, {@code _sample_factor}
 */
record Sampling(List<Expr> conditions, double factor) {
  /** All values: a ratio of 1. */
  private static final Ratio WHOLE = new Ratio(BigInteger.ONE, BigInteger.ONE);

  private static final Ratio NOTHING = new Ratio(BigInteger.ZERO, BigInteger.ONE);

  /**
   * The range for a request.
   *
   * @param approximateRows how many rows the query reads without sampling, for shares that are
   *     given as numbers of rows
   * @throws LonghouseException ARGUMENT_OUT_OF_BOUND (69), ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER (59)
   */
  static Sampling of(
      ScanRequest.Sample sample, Expr key, LongSupplier approximateRows, QueryContext context) {
    Ratio share = relative(sample.share(), approximateRows);
    Ratio offset = relative(sample.offset(), approximateRows);
    if (compare(share, WHOLE) >= 0) {
      share = NOTHING;
    }
    boolean samples = share.numerator().signum() > 0;
    if (!samples) {
      if (offset.numerator().signum() > 0) {
        throw new LonghouseException(
            ErrorCode.ARGUMENT_OUT_OF_BOUND, "Sampling offset is incorrect because no sampling.");
      }
      return new Sampling(List.of(), 1);
    }
    BigInteger universe = universe(key.type());
    BigInteger lower = floor(offset, universe);
    Ratio end = sum(offset, share);
    List<Expr> conditions = new ArrayList<>();
    if (lower.compareTo(universe) >= 0) {
      conditions.add(compared("less", key, BigInteger.ZERO, context));
    } else if (lower.signum() > 0) {
      conditions.add(compared("greaterOrEquals", key, lower, context));
    }
    if (compare(end, WHOLE) < 0) {
      conditions.add(compared("less", key, floor(end, universe), context));
    }
    double factor =
        share.denominator().doubleValue() / share.numerator().doubleValue() / sample.replicas();
    return new Sampling(conditions, factor);
  }

  /** How many values a sampling key of that type can have. */
  static BigInteger universe(DataType type) {
    int bits =
        type.equals(IntegerType.UINT8)
            ? 8
            : type.equals(IntegerType.UINT16)
                ? 16
                : type.equals(IntegerType.UINT32) ? 32 : type.equals(IntegerType.UINT64) ? 64 : 0;
    if (bits == 0) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER,
          "Invalid sampling column type in storage parameters: "
              + type.name()
              + ". Must be one unsigned integer type.");
    }
    return BigInteger.ONE.shiftLeft(bits);
  }

  /** More than 1 is a number of rows. */
  private static Ratio relative(@Nullable Ratio r, LongSupplier approximateRows) {
    if (r == null) {
      return NOTHING;
    }
    if (compare(r, WHOLE) <= 0) {
      return r;
    }
    long rows = approximateRows.getAsLong();
    if (rows == 0) {
      return WHOLE;
    }
    var scaled = new Ratio(r.numerator(), r.denominator().multiply(BigInteger.valueOf(rows)));
    return compare(scaled, WHOLE) > 0 ? WHOLE : scaled;
  }

  private static int compare(Ratio a, Ratio b) {
    return a.numerator()
        .multiply(b.denominator())
        .compareTo(b.numerator().multiply(a.denominator()));
  }

  private static Ratio sum(Ratio a, Ratio b) {
    return new Ratio(
        a.numerator().multiply(b.denominator()).add(b.numerator().multiply(a.denominator())),
        a.denominator().multiply(b.denominator()));
  }

  private static BigInteger floor(Ratio r, BigInteger of) {
    return r.numerator().multiply(of).divide(r.denominator());
  }

  private static Expr compared(String operator, Expr key, BigInteger limit, QueryContext context) {
    Column value = Int64Column.of(limit.longValue());
    List<Expr> arguments = List.of(key, new Expr.Constant(value, IntegerType.UINT64));
    return new Expr.Call(
        operator,
        Functions.resolve(operator, arguments.stream().map(Expr::asArgument).toList(), context),
        arguments);
  }
}
