package io.longhouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ResultsTest {
  private static boolean same(String query, String a, String b, double estimateTolerance) {
    Query q = Query.all(1).stream().filter(x -> x.name().equals(query)).findFirst().orElseThrow();
    return Results.isSame(q, a, b, estimateTolerance);
  }

  @Test
  void rowsWithTheSameCountMayChangePlacesAndTheLastMayDiffer() {
    String rows = "a\t9\nb\t7\nc\t7\nd\t5\n";
    assertThat(same("by-url", rows, "a\t9\nc\t7\nb\t7\nx\t5\n", 0)).isTrue();
    assertThat(same("by-url", rows, "a\t9\nb\t7\nx\t7\nd\t5\n", 0)).isFalse();
    assertThat(same("by-url", rows, "b\t7\na\t9\nc\t7\nd\t5\n", 0)).isFalse();
    assertThat(same("by-url", rows, "a\t9\nb\t7\nc\t7\nd\t4\n", 0)).isFalse();
    assertThat(same("by-url", rows, "a\t9\nb\t7\nc\t7\n", 0)).isFalse();
  }

  @Test
  void onlyAnEstimateMayBeOff() {
    assertThat(same("uniq", "1000\t1010\n", "1040\t1010\n", 0.05)).isTrue();
    assertThat(same("uniq", "1000\t1010\n", "1100\t1010\n", 0.05)).isFalse();
    assertThat(same("uniq", "1000\t1010\n", "1000\t1011\n", 0.05)).isFalse();
    assertThat(same("uniq", "1000\t1010\n", "1040\t1010\n", 0)).isFalse();
    assertThat(same("sum-int", "1000\n", "1001\n", 0.05)).isFalse();
    assertThat(same("sum-double", "1000.12345678901\n", "1000.12345678902\n", 0)).isTrue();
    assertThat(same("sum-double", "1000.123\n", "1000.124\n", 0.05)).isFalse();
  }
}
