package io.longhouse.storage.mergetree;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * The text of a mutation's file:
 *
 * <pre>
 * mutation_N.txt = "format version: 1\\n" "create time: " time "\\n" "commands: " text "\\n"
 * </pre>
 */
final class MutationFile {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private MutationFile() {}

  static String write(String commands, Instant created) {
    return "format version: 1\ncreate time: "
        + TIME.format(created.atZone(ZoneId.systemDefault()))
        + "\ncommands: "
        + commands.replace("\\", "\\\\").replace("\n", "\\n")
        + "\n";
  }

  /** The commands of a file. */
  static String commands(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    int at = text.indexOf("commands: ");
    return at < 0 ? "" : unescaped(text.substring(at + 10).strip());
  }

  private static String unescaped(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
      }
      out.append(c);
    }
    return out.toString();
  }
}
