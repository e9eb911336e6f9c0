package io.longhouse.function.scalar.url;

import io.longhouse.sql.ByteText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of a host that its owner chose: in front of the public suffix. */
final class SignificantSubdomain {
  /** Public suffixes of two labels, {@code co.uk}. Read when first needed. */
  private static final Set<String> SUFFIXES = suffixes();

  private SignificantSubdomain() {}

  private static Set<String> suffixes() {
    InputStream in = SignificantSubdomain.class.getResourceAsStream("second_level_suffixes.txt");
    if (in == null) {
      throw new IllegalStateException("second_level_suffixes.txt is not on the class path");
    }
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(l -> !l.startsWith("#")).collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first significant subdomain of a host. */
  static long of(byte[] b, long host) {
    if (Span.isEmpty(host)) {
      return Span.EMPTY;
    }
    int begin = Span.from(host);
    int end = Span.to(host);
    if (b[end - 1] == '.') {
      end--;
    }
    int last = previousDot(b, begin, end);
    if (last < begin) {
      return Span.of(begin, end);
    }
    int second = previousDot(b, begin, last);
    if (second < begin) {
      return Span.of(begin, last);
    }
    if (SUFFIXES.contains(ByteText.decode(b, second + 1, end - second - 1))) {
      return Span.of(previousDot(b, begin, second) + 1, second);
    }
    return Span.of(second + 1, last);
  }

  /** The host from its first significant subdomain on. */
  static long cutTo(byte[] b, long host) {
    long first = of(b, host);
    return Span.isEmpty(first) ? Span.EMPTY : Span.of(Span.from(first), Span.to(host));
  }

  /** The last dot in front of {@code end}, or {@code begin - 1}. */
  private static int previousDot(byte[] b, int begin, int end) {
    int i = end - 1;
    while (i >= begin && b[i] != '.') {
      i--;
    }
    return i;
  }
}
