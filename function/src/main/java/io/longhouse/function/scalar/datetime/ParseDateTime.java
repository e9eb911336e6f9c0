package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.WideWords;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text read as a moment by a pattern. */
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime",
    category = "Type Conversion",
    doc = "The DateTime that a text spells by a pattern in MySQL's syntax.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeOrNull",
    aliases = "str_to_date",
    caseInsensitive = true,
    category = "Type Conversion",
    doc = "The DateTime that a text spells by a pattern in MySQL's syntax, NULL where it does not.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeOrZero",
    category = "Type Conversion",
    doc = "The DateTime that a text spells by a pattern in MySQL's syntax, 1970 where it does not.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeInJodaSyntax",
    category = "Type Conversion",
    doc = "The DateTime that a text spells by a pattern in Joda's syntax.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeInJodaSyntaxOrNull",
    category = "Type Conversion",
    doc = "The DateTime that a text spells by a pattern in Joda's syntax, NULL where it does not.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeInJodaSyntaxOrZero",
    category = "Type Conversion",
    doc = "The DateTime that a text spells by a pattern in Joda's syntax, 1970 where it does not.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64",
    category = "Type Conversion",
    doc = "The DateTime64 that a text spells by a pattern in MySQL's syntax.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64OrNull",
    category = "Type Conversion",
    doc = "The DateTime64 that a text spells by MySQL's syntax, NULL where it does not.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64OrZero",
    category = "Type Conversion",
    doc = "The DateTime64 that a text spells by MySQL's syntax, 1970 where it does not.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64InJodaSyntax",
    category = "Type Conversion",
    doc = "The DateTime64 that a text spells by a pattern in Joda's syntax.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64InJodaSyntaxOrNull",
    category = "Type Conversion",
    doc = "The DateTime64 that a text spells by Joda's syntax, NULL where it does not.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64InJodaSyntaxOrZero",
    category = "Type Conversion",
    doc = "The DateTime64 that a text spells by Joda's syntax, 1970 where it does not.")
final class ParseDateTime implements FunctionFactory {
  private static final int MICROSECONDS = 6;

  private final String name;
  private final boolean joda;
  private final boolean wide;

  ParseDateTime(String name) {
    this.name = name;
    this.joda = name.contains("Joda");
    this.wide = name.contains("64");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(1, 3).string(0);
    for (int i = 1; i < s.size(); i++) {
      s.string(i);
    }
    MomentPattern pattern = pattern(s, context);
    ZoneId zone = Zones.nonEmpty(name, arguments, 2);
    ZoneId shown = zone == null ? context.timeZone() : zone;
    int scale = joda ? pattern.fractionDigits() : MICROSECONDS;
    DataType type = wide ? new DateTime64Type(scale, shown) : new DateTimeType(shown);
    boolean orNull = name.endsWith("OrNull");
    boolean throwing = !orNull && !name.endsWith("OrZero");
    return Resolved.throwing(
        orNull ? NullableType.orSame(type) : type,
        (c, rows) -> {
          var reader =
              new MomentReader(
                  pattern, wide ? 1900 : 1970, wide ? 2299 : 2106, ZoneOffsets.of(shown));
          byte[] nulls = orNull ? new byte[rows] : null;
          Column values = read(reader, Rows.bytes(c[0]), wide ? scale : -1, throwing, nulls, rows);
          return nulls == null ? values : new NullableColumn(values, nulls);
        });
  }

  private MomentPattern pattern(Signature s, FunctionContext context) {
    String text =
        s.size() > 1
            ? s.constantText(1)
            : joda
                ? "yyyy-MM-dd HH:mm:ss" + (wide ? ".SSSSSS" : "")
                : "%Y-%m-%d %H:%i:%s" + (wide ? ".%f" : "");
    boolean nameOfMonth =
        !"0".equals(context.setting("formatdatetime_parsedatetime_m_is_month_name"));
    return joda ? MomentPattern.joda(text) : MomentPattern.mySql(name, text, nameOfMonth);
  }

  private static Column read(
      MomentReader reader,
      Rows.Bytes text,
      int scale,
      boolean throwing,
      byte @Nullable [] nulls,
      int rows) {
    long[] wideOut = new long[scale < 0 ? 0 : rows];
    int[] out = new int[scale < 0 ? rows : 0];
    long ticks = scale < 0 ? 1 : WideWords.powerOfTen(scale);
    long nanosPerTick = 1_000_000_000 / ticks;
    for (int r = 0; r < rows; r++) {
      long v = reader.read(text.bytes(), text.from(r), text.to(r), throwing);
      boolean failed = v == Long.MIN_VALUE || scale < 0 && (v < 0 || v > 0xFFFFFFFFL);
      if (failed && throwing) {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_DATETIME, "Value is out of the range of DateTime");
      }
      if (failed) {
        if (nulls != null) {
          nulls[r] = 1;
        }
      } else if (scale < 0) {
        out[r] = (int) v;
      } else {
        wideOut[r] = v * ticks + reader.nanos() / nanosPerTick;
      }
    }
    return scale < 0 ? new Int32Column(out, rows) : new Int64Column(wideOut, rows);
  }
}
