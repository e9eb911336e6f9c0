package io.longhouse.compat.isolation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The forms in which a value that only B has can show itself, in lower case. */
final class Marks {
  static final List<String> ALL =
      List.of(
          lower(Rows.MARK),
          lower(new StringBuilder(Rows.MARK).reverse().toString()),
          lower(HexFormat.of().formatHex(Rows.MARK.getBytes(StandardCharsets.US_ASCII))),
          lower(
              Base64.getEncoder()
                  .encodeToString((Rows.MARK + "0").getBytes(StandardCharsets.US_ASCII))
                  .substring(0, 9)),
          Rows.NUMBER_MARK,
          Rows.UUID_MARK);

  private Marks() {}

  private static String lower(String s) {
    return s.toLowerCase(Locale.ROOT);
  }
}
