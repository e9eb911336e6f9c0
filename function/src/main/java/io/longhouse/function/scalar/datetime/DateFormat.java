package io.longhouse.function.scalar.datetime;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.Calendar;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** A pattern of MySQL's DATE_FORMAT, taken apart once and written for any number of moments. */
final class DateFormat implements MomentWriter {
  static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  static final String[] WEEKDAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  /** Literal text, or the letter of a part. */
  private sealed interface Piece {
    record Text(String text) implements Piece {}

    record Part(char letter) implements Piece {}
  }

  private final List<Piece> pieces = new ArrayList<>();

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36) for a letter that is not known
   */
  DateFormat(String function, String pattern) {
    var text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      if (++i == pattern.length()) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "'%' must not be the last character in the format string, use '%%' instead");
      }
      char letter = pattern.charAt(i);
      switch (letter) {
        case '%' -> text.append('%');
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        default -> {
          check(function, pattern, letter);
          if (!text.isEmpty()) {
            pieces.add(new Piece.Text(text.toString()));
            text.setLength(0);
          }
          pieces.add(new Piece.Part(letter));
        }
      }
    }
    if (!text.isEmpty()) {
      pieces.add(new Piece.Text(text.toString()));
    }
  }

  private static void check(String function, String pattern, char letter) {
    if (letter == 'U' || letter == 'v' || letter == 'x' || letter == 'X') {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "format is not supported for WEEK (Sun-Sat)");
    }
    if ("abcCdDefFgGhHiIjklmMpQrRsSTuVwWyYz".indexOf(letter) < 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Incorrect syntax '"
              + pattern
              + "', symbol is not supported '"
              + letter
              + "' for function "
              + function);
    }
  }

  @Override
  public void write(long local, int micros, int offset, ByteWriter out) {
    int day = Calendar.dayOf(local);
    int second = Calendar.secondOfDay(local);
    int civil = Civil.of(day);
    for (Piece p : pieces) {
      switch (p) {
        case Piece.Text(String text) -> out.writeText(text);
        case Piece.Part(char letter) -> {
          if (Character.isLowerCase(letter) && "hiklprs".indexOf(letter) >= 0
              || "HIRST".indexOf(letter) >= 0) {
            writeTime(letter, second, out);
          } else if (letter == 'f') {
            out.writePadded(micros, 6);
          } else if (letter == 'z') {
            writeOffset(offset, out);
          } else {
            writeDate(letter, day, civil, out);
          }
        }
      }
    }
  }

  private static void writeOffset(int offset, ByteWriter out) {
    out.writeByte(offset < 0 ? '-' : '+');
    int minutes = Math.abs(offset) / 60;
    out.writePadded(minutes / 60, 2);
    out.writePadded(minutes % 60, 2);
  }

  private static void writeTime(char letter, int second, ByteWriter out) {
    int hour = second / 3600;
    int minute = second / 60 % 60;
    int twelve = hour % 12 == 0 ? 12 : hour % 12;
    switch (letter) {
      case 'H', 'k' -> out.writePadded(hour, 2);
      case 'h', 'I', 'l' -> out.writePadded(twelve, 2);
      case 'i' -> out.writePadded(minute, 2);
      case 's', 'S' -> out.writePadded(second % 60, 2);
      case 'p' -> out.writeAscii(hour < 12 ? "AM" : "PM");
      case 'r' -> {
        out.writePadded(twelve, 2);
        out.writeByte(':');
        out.writePadded(minute, 2);
        out.writeAscii(hour < 12 ? " AM" : " PM");
      }
      default -> {
        out.writePadded(hour, 2);
        out.writeByte(':');
        out.writePadded(minute, 2);
        if (letter == 'T') {
          out.writeByte(':');
          out.writePadded(second % 60, 2);
        }
      }
    }
  }

  private static void writeDate(char letter, int day, int civil, ByteWriter out) {
    int year = Calendar.year(civil);
    int month = Calendar.month(civil);
    int weekday = Calendar.dayOfWeek(day);
    switch (letter) {
      case 'a' -> out.writeAscii(WEEKDAYS[weekday - 1].substring(0, 3));
      case 'W' -> out.writeAscii(WEEKDAYS[weekday - 1]);
      case 'b' -> out.writeAscii(MONTHS[month - 1].substring(0, 3));
      case 'M' -> out.writeAscii(MONTHS[month - 1]);
      case 'c', 'm' -> out.writePadded(month, 2);
      case 'C' -> out.writePadded(year / 100, 2);
      case 'd' -> out.writePadded(Calendar.day(civil), 2);
      case 'e' -> out.writeDecimal(Calendar.day(civil));
      case 'D' -> {
        out.writePadded(month, 2);
        out.writeByte('/');
        out.writePadded(Calendar.day(civil), 2);
        out.writeByte('/');
        out.writePadded(year % 100, 2);
      }
      case 'F' -> {
        out.writePadded(year, 4);
        out.writeByte('-');
        out.writePadded(month, 2);
        out.writeByte('-');
        out.writePadded(Calendar.day(civil), 2);
      }
      case 'g' -> out.writePadded(Weeks.iso(day) / 100 % 100, 2);
      case 'G' -> out.writePadded(Weeks.iso(day) / 100, 4);
      case 'V' -> out.writePadded(Weeks.iso(day) % 100, 2);
      case 'j' -> out.writePadded(Calendar.dayOfYear(day), 3);
      case 'Q' -> out.writeDecimal((month + 2) / 3);
      case 'u' -> out.writeDecimal(weekday);
      case 'w' -> out.writeDecimal(weekday % 7);
      case 'y' -> out.writePadded(year % 100, 2);
      default -> out.writePadded(year, 4);
    }
  }
}
