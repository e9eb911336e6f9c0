package io.longhouse.column.serial;

import java.nio.charset.StandardCharsets;

/** Names of columns as names of files. */
public final class FileNames {
  private FileNames() {}

  /** Every byte outside of {@code [A-Za-z0-9_]} becomes {@code %XX}. */
  public static String escape(String name) {
    var out = new StringBuilder(name.length() + 8);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
      if (plain) {
        out.append((char) b);
      } else {
        out.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return out.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit & 15);
  }

  /** What {@link #escape} made the name of; text that it cannot have made stays. */
  public static String unescape(String file) {
    byte[] in = file.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int n = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%' && i + 2 < in.length) {
        int high = Character.digit(in[i + 1], 16);
        int low = Character.digit(in[i + 2], 16);
        if (high >= 0 && low >= 0) {
          out[n++] = (byte) (high << 4 | low);
          i += 2;
          continue;
        }
      }
      out[n++] = in[i];
    }
    return new String(out, 0, n, StandardCharsets.UTF_8);
  }

  /** The part in front of the first dot for a column of a Nested, else the name. */
  public static String nestedTable(String column) {
    int dot = column.indexOf('.');
    return dot <= 0 || dot == column.length() - 1 ? column : column.substring(0, dot);
  }
}
