package io.longhouse.client;

import java.util.Locale;
import java.util.Map;

/** Formats by what files are called. */
final class FileFormat {
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("tsv", "TabSeparated"),
          Map.entry("csv", "CSV"),
          Map.entry("json", "JSON"),
          Map.entry("jsonl", "JSONEachRow"),
          Map.entry("ndjson", "JSONEachRow"),
          Map.entry("xml", "XML"),
          Map.entry("native", "Native"),
          Map.entry("parquet", "Parquet"),
          Map.entry("arrow", "Arrow"),
          Map.entry("md", "Markdown"),
          Map.entry("sql", "SQLInsert"));

  private FileFormat() {}

  /** The format of a file; TabSeparated when its name says nothing. */
  static String of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    for (String packed : new String[] {".gz", ".gzip", ".zst", ".lz4"}) {
      name = name.endsWith(packed) ? name.substring(0, name.length() - packed.length()) : name;
    }
    return BY_EXTENSION.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "TabSeparated");
  }
}
