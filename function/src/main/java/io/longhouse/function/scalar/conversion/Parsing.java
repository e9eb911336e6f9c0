package io.longhouse.function.scalar.conversion;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TextForm;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A value from its text; the whole text must be read. */
final class Parsing extends Cast {
  private final DataType to;
  private final FormatSettings settings;

  private Parsing(DataType to, FormatSettings settings) {
    this.to = to;
    this.settings = settings;
  }

  static Cast of(DataType to, FormatSettings settings) {
    FormatSettings s = settings;
    if (s.castStringToDateTimeMode != s.dateTimeInputFormat) {
      s =
          s.with(
              "date_time_input_format", s.castStringToDateTimeMode.name().toLowerCase(Locale.ROOT));
    }
    return new Parsing(to, s);
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    ColumnBuilder out = to.newBuilder(rows);
    var in = new ByteReader(new byte[0]);
    for (int r = 0; r < rows; r++) {
      point(in, source, r);
      if (failed == null) {
        parse(in, out);
      } else if (!tryParse(in, out)) {
        out.truncate(r);
        out.appendDefault(1);
        failed[r] = 1;
      }
    }
    return out.build();
  }

  private static void point(ByteReader in, Column source, int row) {
    if (source instanceof FixedBytesColumn f) {
      int from = row * f.width();
      int end = from + f.width();
      while (end > from && f.bytes()[end - 1] == 0) {
        end--;
      }
      in.reset(f.bytes(), from, end - from);
    } else {
      var s = (StringColumn) source;
      in.reset(s.bytes(), s.offsets()[row], s.lengthAt(row));
    }
  }

  private void parse(ByteReader in, ColumnBuilder out) {
    int from = in.position();
    try {
      to.readText(in, TextForm.RAW, settings, out);
    } catch (LonghouseException e) {
      if (to instanceof EnumType) {
        throw e;
      }
      if (to instanceof FloatType && in.limit() == from) {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_NUMBER,
            "Cannot read floating point value here: : Cannot parse " + to + " from String",
            e);
      }
      boolean ended = e.errorCode() == ErrorCode.ATTEMPT_TO_READ_AFTER_EOF;
      throw new LonghouseException(
          e.errorCode(),
          e.message()
              + ": Cannot parse "
              + to
              + " from String"
              + (ended ? ", because value is too short" : ""),
          e);
    }
    if (!in.atEnd() && !isTimeOfDate(in)) {
      throw leftOver(in, from);
    }
  }

  /** Whether a time of day stands behind a date, which a date leaves out. */
  private boolean isTimeOfDate(ByteReader in) {
    if (!(to instanceof DateType) && !(to instanceof Date32Type)) {
      return false;
    }
    byte[] b = in.buffer();
    int at = in.position();
    int n = in.limit() - at;
    if (n < 9 || b[at] != ' ' && b[at] != 'T' || b[at + 3] != ':' || b[at + 6] != ':') {
      return false;
    }
    boolean digits = true;
    for (int i = 1; i < n; i++) {
      boolean separator = i == 3 || i == 6 || i == 9 && b[at + i] == '.';
      digits &= separator || b[at + i] >= '0' && b[at + i] <= '9';
    }
    return digits;
  }

  private LonghouseException leftOver(ByteReader in, int from) {
    String text = ByteText.decode(in.buffer(), from, in.limit() - from);
    int read = in.position() - from;
    var message =
        new StringBuilder("Cannot parse string '" + text + "' as " + to + ": syntax error ");
    if (read == 0) {
      message.append("at begin of string");
    } else {
      message
          .append("at position ")
          .append(read)
          .append(" (parsed just '")
          .append(ByteText.decode(in.buffer(), from, read))
          .append("')");
    }
    NumberShape shape = NumberShape.of(to);
    if (shape != null && !shape.isDecimal()) {
      message
          .append(". Note: there are to")
          .append(to)
          .append("OrZero and to")
          .append(to)
          .append("OrNull functions, which returns zero/NULL instead of throwing exception");
    }
    return new LonghouseException(ErrorCode.CANNOT_PARSE_TEXT, message.toString());
  }

  private boolean tryParse(ByteReader in, ColumnBuilder out) {
    if (to instanceof IntegerType t && !fits(in, t)) {
      return false;
    }
    try {
      to.readText(in, TextForm.RAW, settings, out);
      return in.atEnd() || isTimeOfDate(in);
    } catch (LonghouseException e) {
      if (isAboutTheText(e.errorCode())) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isAboutTheText(ErrorCode code) {
    return code != ErrorCode.NOT_IMPLEMENTED
        && code != ErrorCode.LOGICAL_ERROR
        && code != ErrorCode.MEMORY_LIMIT_EXCEEDED;
  }

  /** Whether the text is a number that the type holds; the readers themselves wrap around. */
  private static boolean fits(ByteReader in, IntegerType t) {
    byte[] b = in.buffer();
    int from = in.position();
    int end = in.limit();
    boolean negative = from < end && b[from] == '-';
    int at = negative || from < end && b[from] == '+' ? from + 1 : from;
    if (at == end || negative && !t.signed()) {
      return false;
    }
    for (int i = at; i < end; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return false;
      }
    }
    if (end - at <= 2 || t.bytes() >= 8 && end - at <= 18) {
      return true;
    }
    var value = new BigInteger(ByteText.decode(b, at, end - at));
    if (negative) {
      value = value.negate();
    }
    return t.signed() ? value.bitLength() < t.bytes() * 8 : value.bitLength() <= t.bytes() * 8;
  }
}
