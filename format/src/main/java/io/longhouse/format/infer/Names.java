package io.longhouse.format.infer;

import io.longhouse.format.InputFormatFactory;
import io.longhouse.registry.Registry;

/** Names of formats. */
final class Names {
  private Names() {}

  /** The name under which a format is registered, for any of its names. */
  static String of(String format) {
    Registry.Entry entry = Registry.of(InputFormatFactory.class).entry(format);
    return entry == null ? format : entry.name();
  }

  /** A name without what it says of lines in front. */
  static String bare(String format) {
    return cut(cut(format, "AndTypes"), "WithNames");
  }

  private static String cut(String name, String end) {
    return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
  }
}
