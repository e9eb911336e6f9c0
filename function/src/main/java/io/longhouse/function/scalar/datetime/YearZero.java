package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.NumberColumns;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Dates out of days since 0000-01-01. */
@Register(
    kind = FunctionFactory.class,
    name = "fromDaysSinceYearZero",
    aliases = "FROM_DAYS",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The date that many days after 0000-01-01.")
@Register(
    kind = FunctionFactory.class,
    name = "fromDaysSinceYearZero32",
    category = "Dates and Times",
    doc = "The Date32 that many days after 0000-01-01.")
final class YearZero implements FunctionFactory {
  private static final int EPOCH = 719_528;

  private final String name;

  YearZero(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    boolean signed = s.integer(0).signed();
    boolean wide = name.endsWith("32");
    return Resolved.throwing(
        wide ? Date32Type.TYPE : DateType.TYPE,
        (c, rows) -> dates(Rows.longs(c[0].full(), signed), signed, wide ? 4 : 2, rows));
  }

  private static Column dates(long[] days, boolean signed, int bytes, int rows) {
    for (int r = 0; r < rows; r++) {
      if (signed && days[r] < 0) {
        throw new LonghouseException(
            ErrorCode.ARGUMENT_OUT_OF_BOUND, "Expected a non-negative integer, got: " + days[r]);
      }
      days[r] -= EPOCH;
    }
    return NumberColumns.narrowed(days, rows, bytes);
  }
}
