package io.longhouse.function.scalar.url;

/** Finds the parts of a URL: each method gives the {@link Span} of one. */
final class UrlParts {
  private static final int SCHEME_MAX = 16;
  private static final String FORBIDDEN = " \t<>%{}|\\^~[];=&";

  /** Those of the forbidden that user and password may have. */
  private static final String USER_ONLY = ";=&~%";

  private UrlParts() {}

  private static boolean isAlphanumeric(byte b) {
    return b >= '0' && b <= '9' || isLetter(b);
  }

  private static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  static long protocol(byte[] b, int from, int to) {
    if (from == to || !isLetter(b[from])) {
      return Span.EMPTY;
    }
    int i = from + 1;
    while (i < to && (isAlphanumeric(b[i]) || b[i] == '+' || b[i] == '-' || b[i] == '.')) {
      i++;
    }
    boolean ends = i + 3 < to && b[i] == ':' && b[i + 1] == '/' && b[i + 2] == '/';
    return ends ? Span.of(from, i) : Span.EMPTY;
  }

  /** Where the authority begins, or -1 when a forbidden byte comes first. */
  private static int authority(byte[] b, int from, int to) {
    if (to - from >= 2 && b[from] == '/' && b[from + 1] == '/') {
      return from + 2;
    }
    int limit = Math.min(to, from + SCHEME_MAX);
    int i = from + 1;
    while (i < limit && (isAlphanumeric(b[i]) || b[i] == '.' || b[i] == '-' || b[i] == '+')) {
      i++;
    }
    if (i < limit && FORBIDDEN.indexOf(b[i]) >= 0) {
      return -1;
    }
    boolean scheme = limit - i > 2 && b[i] == ':' && b[i + 1] == '/' && b[i + 2] == '/';
    return scheme ? i + 3 : from;
  }

  /** The host; empty when it has no dot or when a byte comes that no URL has. */
  static long host(byte[] b, int from, int to) {
    if (from == to) {
      return Span.EMPTY;
    }
    int start = authority(b, from, to);
    if (start < 0) {
      return Span.EMPTY;
    }
    int dot = -1;
    int i = start;
    for (; i < to; i++) {
      byte c = b[i];
      if (c == '.') {
        dot = i;
      } else if (c == ':' || c == '/' || c == '?' || c == '#') {
        break;
      } else if (c == '@') {
        start = i + 1;
      } else if (FORBIDDEN.indexOf(c) >= 0) {
        return Span.EMPTY;
      }
    }
    boolean valid = dot >= 0 && start < i && i - dot != 1;
    return valid ? Span.of(start, i) : Span.EMPTY;
  }

  /** The host where user and password may stand in front of it, as RFC 3986 has it. */
  static long hostRfc(byte[] b, int from, int to) {
    int start = to - from < 2 ? -1 : authority(b, from, to);
    if (start < 0) {
      return Span.EMPTY;
    }
    int dot = -1;
    int colon = -1;
    boolean user = false;
    boolean delimiters = false;
    int i = start;
    for (; i < to; i++) {
      byte c = b[i];
      if (c == '.') {
        dot = i;
      } else if (c == '/' || c == '?' || c == '#' || c == ':' && (user || colon >= 0)) {
        break;
      } else if (c == ':') {
        colon = i;
      } else if (c == '@') {
        if (user) {
          break;
        }
        user = true;
        start = i + 1;
      } else if (FORBIDDEN.indexOf(c) >= 0) {
        if (user || USER_ONLY.indexOf(c) < 0) {
          return Span.EMPTY;
        }
        delimiters = true;
      }
    }
    if (!user && delimiters) {
      return Span.EMPTY;
    }
    int end = !user && colon >= 0 ? colon : i;
    boolean valid = dot >= 0 && start < end && end - dot != 1;
    return valid ? Span.of(start, end) : Span.EMPTY;
  }

  /** The host without a leading {@code www.}. */
  static long hostWithoutWww(byte[] b, int from, int to) {
    return withoutWww(b, host(b, from, to));
  }

  /** A host without a leading {@code www.}. */
  static long withoutWww(byte[] b, long host) {
    int start = Span.from(host);
    return hasWww(b, host) ? Span.of(start + 4, Span.to(host)) : host;
  }

  static boolean hasWww(byte[] b, long host) {
    int start = Span.from(host);
    return Span.to(host) - start > 4
        && b[start] == 'w'
        && b[start + 1] == 'w'
        && b[start + 2] == 'w'
        && b[start + 3] == '.';
  }

  static long topLevelDomain(byte[] b, int from, int to) {
    return topLevelDomain(b, host(b, from, to));
  }

  /** The last label of a host. */
  static long topLevelDomain(byte[] b, long host) {
    if (Span.isEmpty(host)) {
      return Span.EMPTY;
    }
    int end = Span.to(host);
    if (b[end - 1] == '.') {
      end--;
    }
    int dot = end - 1;
    while (dot >= Span.from(host) && b[dot] != '.') {
      dot--;
    }
    // A digit there means an address and not a name.
    boolean name =
        dot >= Span.from(host) && dot + 1 < end && !(b[dot + 1] >= '0' && b[dot + 1] <= '9');
    return name ? Span.of(dot + 1, end) : Span.EMPTY;
  }

  /** User, host and port. */
  static long netloc(byte[] b, int from, int to) {
    if (from == to) {
      return Span.EMPTY;
    }
    int start = authority(b, from, to);
    if (start < 0) {
      return Span.EMPTY;
    }
    int end = start;
    while (end < to && b[end] != '/' && b[end] != '?' && b[end] != '#') {
      end++;
    }
    return Span.of(start, end);
  }

  /** From the slash behind the authority on. */
  static long pathFull(byte[] b, int from, int to) {
    int slash = Span.find(b, from, to, '/');
    boolean authority = slash + 1 < to && b[slash + 1] == '/';
    int start = authority ? Span.find(b, slash + 2, to, '/') : slash;
    return start < to ? Span.of(start, to) : Span.EMPTY;
  }

  static long path(byte[] b, int from, int to) {
    long full = pathFull(b, from, to);
    return Span.isEmpty(full)
        ? Span.EMPTY
        : Span.of(Span.from(full), Span.find(b, Span.from(full), to, '?', '#'));
  }

  /** With the question mark when {@code delimited}. */
  static long queryString(byte[] b, int from, int to, boolean delimited) {
    int mark = Span.find(b, from, to, '?');
    if (mark == to) {
      return Span.EMPTY;
    }
    return Span.of(mark + (delimited ? 0 : 1), Span.find(b, mark + 1, to, '#'));
  }

  /** With the hash sign when {@code delimited}. */
  static long fragment(byte[] b, int from, int to, boolean delimited) {
    int mark = Span.find(b, from, to, '#');
    return mark == to ? Span.EMPTY : Span.of(mark + (delimited ? 0 : 1), to);
  }

  /** With the question mark or hash sign when {@code delimited}. */
  static long queryStringAndFragment(byte[] b, int from, int to, boolean delimited) {
    int question = Span.find(b, from, to, '?');
    if (question < to) {
      return Span.of(question + (delimited ? 0 : 1), to);
    }
    // As in ClickHouse, the hash sign stays when there is no query string.
    int hash = Span.find(b, from, to, '#');
    return hash == to ? Span.EMPTY : Span.of(hash, to);
  }

  /** The {@code www.} of the host. */
  static long www(byte[] b, int from, int to) {
    int slash = Span.find(b, from, to, '/');
    boolean authority = slash + 1 < to && b[slash + 1] == '/';
    int start = slash + 2;
    for (int i = start; authority && i < to && b[i] != '/' && b[i] != '?' && b[i] != '#'; i++) {
      start = b[i] == '@' ? i + 1 : start;
    }
    boolean has =
        authority
            && start + 4 <= to
            && b[start] == 'w'
            && b[start + 1] == 'w'
            && b[start + 2] == 'w'
            && b[start + 3] == '.';
    return has ? Span.of(start, start + 4) : Span.EMPTY;
  }
}
