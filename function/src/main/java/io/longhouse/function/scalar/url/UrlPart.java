package io.longhouse.function.scalar.url;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.Map;

/** One part of a URL, or a URL without one part. */
@Register(
    kind = FunctionFactory.class,
    name = "protocol",
    category = "URL",
    doc = "The scheme of a URL.")
@Register(
    kind = FunctionFactory.class,
    name = "domain",
    category = "URL",
    doc = "The host of a URL.")
@Register(
    kind = FunctionFactory.class,
    name = "domainWithoutWWW",
    category = "URL",
    doc = "The host of a URL without a leading www.")
@Register(
    kind = FunctionFactory.class,
    name = "topLevelDomain",
    category = "URL",
    doc = "The last label of a URL's host.")
@Register(
    kind = FunctionFactory.class,
    name = "firstSignificantSubdomain",
    category = "URL",
    doc = "The label in front of the public suffix of a URL's host.")
@Register(
    kind = FunctionFactory.class,
    name = "cutToFirstSignificantSubdomain",
    category = "URL",
    doc = "The host from its first significant subdomain on.")
@Register(
    kind = FunctionFactory.class,
    name = "cutToFirstSignificantSubdomainWithWWW",
    category = "URL",
    doc = "The host from its first significant subdomain on, www counting as one.")
@Register(
    kind = FunctionFactory.class,
    name = "netloc",
    category = "URL",
    doc = "User, host and port of a URL.")
@Register(kind = FunctionFactory.class, name = "path", category = "URL", doc = "The path of a URL.")
@Register(
    kind = FunctionFactory.class,
    name = "pathFull",
    category = "URL",
    doc = "The path of a URL with query string and fragment.")
@Register(
    kind = FunctionFactory.class,
    name = "queryString",
    category = "URL",
    doc = "The query string of a URL without its question mark.")
@Register(
    kind = FunctionFactory.class,
    name = "fragment",
    category = "URL",
    doc = "The fragment of a URL without its hash sign.")
@Register(
    kind = FunctionFactory.class,
    name = "queryStringAndFragment",
    category = "URL",
    doc = "Query string and fragment of a URL.")
@Register(
    kind = FunctionFactory.class,
    name = "cutWWW",
    category = "URL",
    doc = "The URL without the www. of its host.")
@Register(
    kind = FunctionFactory.class,
    name = "cutQueryString",
    category = "URL",
    doc = "The URL without its query string.")
@Register(
    kind = FunctionFactory.class,
    name = "cutFragment",
    category = "URL",
    doc = "The URL without its fragment.")
@Register(
    kind = FunctionFactory.class,
    name = "cutQueryStringAndFragment",
    category = "URL",
    doc = "The URL without query string and fragment.")
@Register(
    kind = FunctionFactory.class,
    name = "domainRFC",
    category = "URL",
    doc = "The host of a URL, as RFC 3986 has it.")
@Register(
    kind = FunctionFactory.class,
    name = "domainWithoutWWWRFC",
    category = "URL",
    doc = "The host of a URL without a leading www., as RFC 3986 has it.")
@Register(
    kind = FunctionFactory.class,
    name = "topLevelDomainRFC",
    category = "URL",
    doc = "The last label of a URL's host, as RFC 3986 has it.")
@Register(
    kind = FunctionFactory.class,
    name = "firstSignificantSubdomainRFC",
    category = "URL",
    doc = "The label in front of the public suffix, as RFC 3986 has the host.")
@Register(
    kind = FunctionFactory.class,
    name = "cutToFirstSignificantSubdomainRFC",
    category = "URL",
    doc = "The host from its first significant subdomain on, as RFC 3986 has it.")
@Register(
    kind = FunctionFactory.class,
    name = "cutToFirstSignificantSubdomainWithWWWRFC",
    category = "URL",
    doc = "The same as cutToFirstSignificantSubdomainRFC, www counting as one.")
final class UrlPart implements FunctionFactory {
  /** Finds a part in one URL. */
  @FunctionalInterface
  private interface Finder {
    long find(byte[] b, int from, int to);
  }

  private static final Map<String, Finder> FINDERS =
      Map.ofEntries(
          Map.entry("protocol", UrlParts::protocol),
          Map.entry("domain", UrlParts::host),
          Map.entry("domainWithoutWWW", UrlParts::hostWithoutWww),
          Map.entry("topLevelDomain", (b, f, t) -> UrlParts.topLevelDomain(b, f, t)),
          Map.entry(
              "firstSignificantSubdomain",
              (b, f, t) -> SignificantSubdomain.of(b, UrlParts.hostWithoutWww(b, f, t))),
          Map.entry(
              "cutToFirstSignificantSubdomain",
              (b, f, t) -> SignificantSubdomain.cutTo(b, UrlParts.hostWithoutWww(b, f, t))),
          Map.entry(
              "cutToFirstSignificantSubdomainWithWWW",
              (b, f, t) -> SignificantSubdomain.cutTo(b, UrlParts.host(b, f, t))),
          Map.entry("domainRFC", UrlParts::hostRfc),
          Map.entry(
              "domainWithoutWWWRFC",
              (b, f, t) -> UrlParts.withoutWww(b, UrlParts.hostRfc(b, f, t))),
          Map.entry(
              "topLevelDomainRFC",
              (b, f, t) -> UrlParts.topLevelDomain(b, UrlParts.hostRfc(b, f, t))),
          Map.entry(
              "firstSignificantSubdomainRFC",
              (b, f, t) ->
                  SignificantSubdomain.of(b, UrlParts.withoutWww(b, UrlParts.hostRfc(b, f, t)))),
          Map.entry(
              "cutToFirstSignificantSubdomainRFC",
              (b, f, t) ->
                  SignificantSubdomain.cutTo(b, UrlParts.withoutWww(b, UrlParts.hostRfc(b, f, t)))),
          Map.entry(
              "cutToFirstSignificantSubdomainWithWWWRFC",
              (b, f, t) -> SignificantSubdomain.cutTo(b, UrlParts.hostRfc(b, f, t))),
          Map.entry("netloc", UrlParts::netloc),
          Map.entry("path", UrlParts::path),
          Map.entry("pathFull", UrlParts::pathFull),
          Map.entry("queryString", (b, f, t) -> UrlParts.queryString(b, f, t, false)),
          Map.entry("fragment", (b, f, t) -> UrlParts.fragment(b, f, t, false)),
          Map.entry(
              "queryStringAndFragment",
              (b, f, t) -> UrlParts.queryStringAndFragment(b, f, t, false)),
          Map.entry("cutWWW", UrlParts::www),
          Map.entry("cutQueryString", (b, f, t) -> UrlParts.queryString(b, f, t, true)),
          Map.entry("cutFragment", (b, f, t) -> UrlParts.fragment(b, f, t, true)),
          Map.entry(
              "cutQueryStringAndFragment",
              (b, f, t) -> UrlParts.queryStringAndFragment(b, f, t, true)));

  private final String name;

  UrlPart(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    Finder finder = FINDERS.get(name);
    if (finder == null) {
      throw new IllegalStateException(name);
    }
    boolean cut = name.startsWith("cut") && !name.startsWith("cutTo");
    return Resolved.of(
        StringType.TYPE, (c, rows) -> cut ? without(c[0], finder, rows) : only(c[0], finder, rows));
  }

  private static Column only(Column c, Finder finder, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    int[] starts = new int[rows];
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      long span = finder.find(b, text.from(r), text.to(r));
      starts[r] = Span.from(span);
      offsets[r + 1] = offsets[r] + Math.max(0, Span.to(span) - Span.from(span));
    }
    byte[] out = new byte[offsets[rows]];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(b, starts[r], out, offsets[r], offsets[r + 1] - offsets[r]);
    }
    return new StringColumn(offsets, out, rows);
  }

  private static Column without(Column c, Finder finder, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    var out = new StringColumn.Builder(rows);
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int to = text.to(r);
      long span = finder.find(b, from, to);
      boolean none = Span.isEmpty(span);
      int head = (none ? to : Span.from(span)) - from;
      int tail = none ? 0 : to - Span.to(span);
      int at = out.reserve(head + tail);
      System.arraycopy(b, from, out.arena(), at, head);
      System.arraycopy(b, to - tail, out.arena(), at + head, tail);
      out.endRow(head + tail);
    }
    return out.build();
  }
}
