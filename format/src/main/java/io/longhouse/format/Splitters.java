package io.longhouse.format;

import io.longhouse.column.type.FormatSettings;

/** Where text can be cut between rows. */
final class Splitters {
  private Splitters() {}

  /** Behind the last line feed that no backslash escapes. */
  static int lines(byte[] b, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (b[i] == '\n') {
        int backslashes = 0;
        while (i - 1 - backslashes >= from && b[i - 1 - backslashes] == '\\') {
          backslashes++;
        }
        if (backslashes % 2 == 0) {
          return i + 1;
        }
      }
    }
    return from;
  }

  /** Behind the last line feed that is not within quotes, which open at the start of a field. */
  static ChunkSplitter csv(FormatSettings settings) {
    byte delimiter = (byte) settings.formatCsvDelimiter;
    boolean single = settings.formatCsvAllowSingleQuotes;
    boolean twice = settings.formatCsvAllowDoubleQuotes;
    return (b, from, to) -> {
      int end = from;
      boolean atStart = true;
      for (int i = from; i < to; i++) {
        byte c = b[i];
        if (c == '\n') {
          end = i + 1;
          atStart = true;
        } else if (c == delimiter) {
          atStart = true;
        } else if (atStart && (c == '"' && twice || c == '\'' && single)) {
          i++;
          while (i < to && b[i] != c) {
            i++;
          }
          // A quote right behind it begins again: two of them are one that is meant.
        } else if (c != ' ' && c != '\t') {
          atStart = false;
        }
      }
      return end;
    };
  }

  /** Behind the last object or array that is closed and stands on the outermost level. */
  static int json(byte[] b, int from, int to) {
    int depth = 0;
    int end = from;
    int i = from;
    while (i < to) {
      switch (b[i]) {
        case '"' -> {
          i++;
          while (i < to && b[i] != '"') {
            i += b[i] == '\\' ? 2 : 1;
          }
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          if (depth == 0) {
            end = i + 1;
          }
        }
        default -> {}
      }
      i++;
    }
    return Math.min(end, to);
  }
}
