package io.longhouse.column.type;

/** How a value stands in text: what is quoted and what is escaped. */
public enum TextForm {
  /** As {@code toString} and Pretty formats print it: no quotes, no escapes. */
  RAW,
  /** As in TabSeparated: tab, line feed and backslash escaped, NULL is {@code \N}. */
  ESCAPED,
  /** As in Values and inside arrays and tuples: strings and dates in single quotes. */
  QUOTED,
  /** As in CSV: double quotes, doubled inside. */
  CSV,
  /** As in JSON. */
  JSON,
  /** As in XML: character references. */
  XML
}
