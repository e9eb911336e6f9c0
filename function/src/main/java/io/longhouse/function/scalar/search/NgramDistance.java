package io.longhouse.function.scalar.search;

import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/**
 * How much two strings share of their n-grams, four bytes or three characters long: the distance is
 * the share of n-grams of both that only one has, the search the share of the needle's n-grams that
 * are in the haystack.
 */
@Register(
    kind = FunctionFactory.class,
    name = "ngramDistance",
    category = "String Search",
    doc = "The 4-gram distance of two strings, from 0 to 1.")
@Register(
    kind = FunctionFactory.class,
    name = "ngramDistanceCaseInsensitive",
    category = "String Search",
    doc = "The 4-gram distance of two strings in any case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "ngramDistanceUTF8",
    category = "String Search",
    doc = "The 3-gram distance of two strings in characters.")
@Register(
    kind = FunctionFactory.class,
    name = "ngramDistanceCaseInsensitiveUTF8",
    category = "String Search",
    doc = "The 3-gram distance of two strings in characters of any case.")
@Register(
    kind = FunctionFactory.class,
    name = "ngramSearch",
    category = "String Search",
    doc = "Which share of the needle's 4-grams the haystack has.")
@Register(
    kind = FunctionFactory.class,
    name = "ngramSearchCaseInsensitive",
    category = "String Search",
    doc = "Which share of the needle's 4-grams the haystack has, in any case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "ngramSearchUTF8",
    category = "String Search",
    doc = "Which share of the needle's 3-grams of characters the haystack has.")
@Register(
    kind = FunctionFactory.class,
    name = "ngramSearchCaseInsensitiveUTF8",
    category = "String Search",
    doc = "Which share of the needle's 3-grams of characters the haystack has, in any case.")
final class NgramDistance implements FunctionFactory {
  /** Longer haystacks have nothing in common with any needle. */
  private static final int LENGTH_MAX = 1 << 15;

  private final String name;
  private final boolean characters;
  private final boolean anyCase;
  private final boolean distance;
  private final int n;

  NgramDistance(String name) {
    this.name = name;
    this.characters = name.endsWith("UTF8");
    this.anyCase = name.contains("CaseInsensitive");
    this.distance = name.startsWith("ngramDistance");
    this.n = characters ? 3 : 4;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(2).string(0).string(1);
    return Resolved.throwing(
        FloatType.FLOAT32, (c, rows) -> shares(Rows.bytes(c[0]), Rows.bytes(c[1]), rows));
  }

  private Column shares(Rows.Bytes haystacks, Rows.Bytes needles, int rows) {
    float[] out = new float[rows];
    long[] needle = new long[0];
    for (int r = 0; r < rows; r++) {
      if (r == 0 || !needles.isConstant()) {
        needle = grams(needles, r);
      }
      int length = haystacks.to(r) - haystacks.from(r);
      out[r] = share(length > LENGTH_MAX ? new long[0] : grams(haystacks, r), needle);
      if (length > LENGTH_MAX) {
        out[r] = distance ? 1 : 0;
      }
    }
    return new Float32Column(out, rows);
  }

  /** The n-grams as numbers, repetitions included. */
  private long[] grams(Rows.Bytes text, int row) {
    int from = text.from(row);
    int to = text.to(row);
    byte[] b = text.bytes();
    int[] units = new int[to - from];
    int size = 0;
    for (int i = from; i < to; ) {
      int length = characters ? Math.min(sequenceLength(b[i]), to - i) : 1;
      int unit = 0;
      for (int k = 0; k < length; k++) {
        unit = unit << 8 | b[i + k] & 0xFF;
      }
      units[size++] = anyCase ? lower(unit, length) : unit;
      i += length;
    }
    long[] out = new long[Math.max(0, size - n + 1)];
    for (int i = 0; i < out.length; i++) {
      long gram = 0;
      for (int k = 0; k < n; k++) {
        gram = gram * 0x9E3779B97F4A7C15L + units[i + k] + 1;
      }
      out[i] = gram;
    }
    return out;
  }

  private static int sequenceLength(byte b) {
    return (b & 0xE0) == 0xC0 ? 2 : (b & 0xF0) == 0xE0 ? 3 : (b & 0xF8) == 0xF0 ? 4 : 1;
  }

  private int lower(int unit, int length) {
    if (length == 1) {
      return unit >= 'A' && unit <= 'Z' ? unit | 0x20 : unit;
    }
    byte[] bytes = new byte[length];
    for (int k = 0; k < length; k++) {
      bytes[k] = (byte) (unit >>> 8 * (length - 1 - k));
    }
    String s = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    return s.isEmpty() ? unit : Character.toLowerCase(s.codePointAt(0));
  }

  private float share(long[] haystack, long[] needle) {
    long[] a = haystack.clone();
    long[] b = needle.clone();
    Arrays.sort(a);
    Arrays.sort(b);
    int common = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        common++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    if (distance) {
      int all = a.length + b.length;
      return (float) (all - 2 * common) / Math.max(all, 1);
    }
    return 1f - (float) (b.length - common) / Math.max(b.length, 1);
  }
}
