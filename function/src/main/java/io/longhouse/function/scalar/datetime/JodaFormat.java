package io.longhouse.function.scalar.datetime;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.Calendar;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** A pattern in Joda's syntax: repeated letters, and text in quotes. */
final class JodaFormat implements MomentWriter {
  private static final String LETTERS = "GCYyxweEDMdaKhHkmsS";

  /**
   * @param letter of the part; 0 for literal text
   * @param count how often the letter is repeated
   */
  private record Piece(char letter, int count, String text) {}

  private final List<Piece> pieces = new ArrayList<>();

  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48) for a letter that ClickHouse does not write
   */
  JodaFormat(String pattern) {
    for (int i = 0; i < pattern.length(); ) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        i = quoted(pattern, i);
        continue;
      }
      int end = i + 1;
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      while (letter && end < pattern.length() && pattern.charAt(end) == c) {
        end++;
      }
      if (letter) {
        check(c);
      }
      pieces.add(new Piece(letter ? c : 0, end - i, "" + c));
      i = end;
    }
  }

  private static void check(char letter) {
    if (letter == 'z') {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Short name time zone is not yet supported");
    }
    if (LETTERS.indexOf(letter) < 0) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "format is not supported for " + (letter == 'Z' ? "TIMEZONE_OFFSET_ID" : "" + letter));
    }
  }

  private int quoted(String pattern, int at) {
    if (pattern.startsWith("''", at)) {
      pieces.add(new Piece((char) 0, 1, "'"));
      return at + 2;
    }
    var text = new StringBuilder();
    for (int i = at + 1; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '\'') {
        text.append(pattern.charAt(i));
      } else if (pattern.startsWith("''", i)) {
        text.append('\'');
        i++;
      } else {
        pieces.add(new Piece((char) 0, 1, text.toString()));
        return i + 1;
      }
    }
    throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "No closing single quote for literal");
  }

  @Override
  public void write(long local, int micros, int offset, ByteWriter out) {
    int day = Calendar.dayOf(local);
    int second = Calendar.secondOfDay(local);
    int civil = Civil.of(day);
    for (Piece p : pieces) {
      if (p.letter == 0) {
        out.writeText(p.text);
      } else if ("aKhHkmsS".indexOf(p.letter) >= 0) {
        writeTime(p, second, micros, out);
      } else {
        writeDate(p, day, civil, out);
      }
    }
  }

  private static void padded(long v, int width, ByteWriter out) {
    String digits = Long.toString(v);
    for (int i = digits.length(); i < width; i++) {
      out.writeByte('0');
    }
    out.writeAscii(digits);
  }

  private static void writeTime(Piece p, int second, int micros, ByteWriter out) {
    int hour = second / 3600;
    switch (p.letter) {
      case 'a' -> out.writeAscii(hour < 12 ? "AM" : "PM");
      case 'K' -> padded(hour % 12, p.count, out);
      case 'h' -> padded(hour % 12 == 0 ? 12 : hour % 12, p.count, out);
      case 'H' -> padded(hour, p.count, out);
      case 'k' -> padded(hour == 0 ? 24 : hour, p.count, out);
      case 'm' -> padded(second / 60 % 60, p.count, out);
      case 's' -> padded(second % 60, p.count, out);
      default -> {
        String digits = Integer.toString(1_000_000 + micros).substring(1);
        out.writeAscii(digits.substring(0, Math.min(6, p.count)));
        for (int i = 6; i < p.count; i++) {
          out.writeByte('0');
        }
      }
    }
  }

  private static void writeYear(int year, int count, ByteWriter out) {
    if (count == 2) {
      padded(year % 100, 2, out);
    } else {
      padded(year, count, out);
    }
  }

  private static void writeName(String name, boolean whole, ByteWriter out) {
    out.writeAscii(whole ? name : name.substring(0, 3));
  }

  private static void writeDate(Piece p, int day, int civil, ByteWriter out) {
    int year = Calendar.year(civil);
    int weekday = Calendar.dayOfWeek(day);
    switch (p.letter) {
      case 'G' -> out.writeAscii(p.count > 3 ? "Anno Domini" : "AD");
      case 'C' -> padded(year / 100, p.count, out);
      case 'Y', 'y' -> writeYear(year, p.count, out);
      case 'x' -> padded(Weeks.iso(day) / 100, p.count, out);
      case 'w' -> padded(Weeks.iso(day) % 100, p.count, out);
      case 'e' -> padded(weekday, p.count, out);
      case 'E' -> writeName(DateFormat.WEEKDAYS[weekday - 1], p.count > 3, out);
      case 'D' -> padded(Calendar.dayOfYear(day), p.count, out);
      case 'd' -> padded(Calendar.day(civil), p.count, out);
      default -> {
        int month = Calendar.month(civil);
        if (p.count < 3) {
          padded(month, p.count, out);
        } else {
          writeName(DateFormat.MONTHS[month - 1], p.count > 3, out);
        }
      }
    }
  }
}
