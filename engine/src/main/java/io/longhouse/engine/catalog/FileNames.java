package io.longhouse.engine.catalog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Names of tables and databases as names of files: every byte but letters, digits and _ is %XX. */
public final class FileNames {
  private FileNames() {}

  public static String escape(String name) {
    var out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
      if (plain) {
        out.append((char) b);
      } else {
        out.append(String.format("%%%02X", b & 0xFF));
      }
    }
    return out.toString();
  }

  public static String unescape(String file) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < file.length(); i++) {
      char c = file.charAt(i);
      if (c == '%' && i + 2 < file.length()) {
        out.write(Integer.parseInt(file.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        out.write(c);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
