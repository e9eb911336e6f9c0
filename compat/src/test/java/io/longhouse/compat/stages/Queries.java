package io.longhouse.compat.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Queries of a resource, one a line, asked of two tables that must not differ. */
final class Queries {
  private static final Pattern CODE = Pattern.compile("Code: \\d+\\.");

  private Queries() {}

  static String resource(String name) {
    try (var in = Queries.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void areEqual(
      List<String> queries, UnaryOperator<String> found, UnaryOperator<String> expected) {
    List<String> wrong = new ArrayList<>();
    for (String q : queries) {
      String a = found.apply(q);
      String b = expected.apply(q);
      boolean ordered = q.toUpperCase(java.util.Locale.ROOT).contains("ORDER BY");
      if (!comparable(a, ordered).equals(comparable(b, ordered))) {
        wrong.add(q + "\n  found    " + a + "\n  expected " + b);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Errors are equal when their codes are. */
  private static String comparable(String answer, boolean ordered) {
    var code = CODE.matcher(answer);
    return code.lookingAt() ? code.group() : ordered ? answer : sorted(answer);
  }

  private static String sorted(String rows) {
    String[] lines = rows.split("\n", -1);
    Arrays.sort(lines);
    return String.join("\n", lines);
  }
}
