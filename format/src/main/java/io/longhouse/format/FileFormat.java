package io.longhouse.format;

import io.longhouse.column.compress.FileCompression;
import io.longhouse.registry.Registry;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Formats by what files are called: a format's own name is an ending, and there are shorter ones.
 */
public final class FileFormat {
  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("tsv", "TabSeparated"),
          Map.entry("jsonl", "JSONEachRow"),
          Map.entry("ndjson", "JSONEachRow"),
          Map.entry("arrows", "ArrowStream"),
          Map.entry("bson", "BSONEachRow"),
          Map.entry("pb", "Protobuf"),
          Map.entry("proto", "Protobuf"),
          Map.entry("md", "Markdown"),
          Map.entry("bin", "RowBinary"));

  private FileFormat() {}

  /** The format of a file, whatever packs it; null when its name says nothing. */
  public static @Nullable String of(String file) {
    String name = FileCompression.strip(file.toLowerCase(Locale.ROOT));
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String format = BY_ENDING.get(ending);
    if (format != null) {
      return format;
    }
    String found = find(InputFormatFactory.class, ending);
    return found != null ? found : find(OutputFormatFactory.class, ending);
  }

  /** The format of a file; TabSeparated when its name says nothing. */
  public static String orTabSeparated(String file) {
    String format = of(file);
    return format == null ? "TabSeparated" : format;
  }

  private static <T> @Nullable String find(Class<T> kind, String ending) {
    for (Registry.Entry e : Registry.of(kind).entries()) {
      if (e.name().equalsIgnoreCase(ending)) {
        return e.name();
      }
    }
    return null;
  }
}
