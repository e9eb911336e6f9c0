package io.longhouse.function.scalar.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A parsed document: its values in the order of their text, a member's name in front of its value.
 * One object reads many documents and keeps its arrays.
 *
 * <p>Node 0 is the document; {@link #next} of a node is the node behind its last descendant.
 */
final class JsonTape {
  /** What a node is. */
  enum Kind {
    NULL,
    TRUE,
    FALSE,
    /** A number that is a long. */
    INTEGER,
    /** A number above the longs that is an unsigned long. */
    UNSIGNED,
    DOUBLE,
    STRING,
    ARRAY,
    OBJECT
  }

  private static final int DEPTH_MAX = 1024;

  private byte[] text = new byte[0];
  private int at;
  private int end;
  private Kind[] kinds = new Kind[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] nexts = new int[64];
  private int[] counts = new int[64];
  private long[] numbers = new long[64];
  private int size;

  /** Reads a document; answers whether it is valid. */
  boolean parse(byte[] bytes, int from, int to) {
    text = bytes;
    at = from;
    end = to;
    size = 0;
    skipSpace();
    if (!value(0)) {
      return false;
    }
    skipSpace();
    return at == end;
  }

  Kind kind(int node) {
    return kinds[node];
  }

  byte[] text() {
    return text;
  }

  /** Where the node's text begins; of a string behind its quote. */
  int start(int node) {
    return starts[node];
  }

  /** Where the node's text ends; of a string at its closing quote. */
  int end(int node) {
    return ends[node];
  }

  int next(int node) {
    return nexts[node];
  }

  /** Elements of an array, members of an object, 0 of others. */
  int count(int node) {
    return counts[node];
  }

  /** The bits of a number: a long, an unsigned long or a double's. */
  long number(int node) {
    return numbers[node];
  }

  double asDouble(int node) {
    return switch (kinds[node]) {
      case DOUBLE -> Double.longBitsToDouble(numbers[node]);
      case UNSIGNED -> io.longhouse.column.type.Numbers.unsignedToDouble(numbers[node]);
      default -> numbers[node];
    };
  }

  private int add(Kind kind, int start) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      nexts = Arrays.copyOf(nexts, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    kinds[size] = kind;
    starts[size] = start;
    counts[size] = 0;
    return size++;
  }

  private boolean close(int node, int to) {
    ends[node] = to;
    nexts[node] = size;
    return true;
  }

  private void skipSpace() {
    while (at < end
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
  }

  private boolean value(int depth) {
    if (at == end || depth > DEPTH_MAX) {
      return false;
    }
    return switch (text[at]) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", Kind.TRUE);
      case 'f' -> word("false", Kind.FALSE);
      case 'n' -> word("null", Kind.NULL);
      default -> number();
    };
  }

  private boolean word(String word, Kind kind) {
    int from = at;
    for (int i = 0; i < word.length(); i++) {
      if (at == end || text[at] != word.charAt(i)) {
        return false;
      }
      at++;
    }
    return close(add(kind, from), at);
  }

  private boolean object(int depth) {
    int node = add(Kind.OBJECT, at++);
    skipSpace();
    if (at < end && text[at] == '}') {
      return close(node, ++at);
    }
    while (true) {
      skipSpace();
      if (at == end || text[at] != '"' || !string()) {
        return false;
      }
      skipSpace();
      if (at == end || text[at++] != ':') {
        return false;
      }
      skipSpace();
      if (!value(depth + 1)) {
        return false;
      }
      counts[node]++;
      skipSpace();
      if (at == end) {
        return false;
      }
      byte c = text[at++];
      if (c == '}') {
        return close(node, at);
      }
      if (c != ',') {
        return false;
      }
    }
  }

  private boolean array(int depth) {
    int node = add(Kind.ARRAY, at++);
    skipSpace();
    if (at < end && text[at] == ']') {
      return close(node, ++at);
    }
    while (true) {
      skipSpace();
      if (!value(depth + 1)) {
        return false;
      }
      counts[node]++;
      skipSpace();
      if (at == end) {
        return false;
      }
      byte c = text[at++];
      if (c == ']') {
        return close(node, at);
      }
      if (c != ',') {
        return false;
      }
    }
  }

  private boolean string() {
    int node = add(Kind.STRING, ++at);
    while (at < end) {
      byte c = text[at];
      if (c == '"') {
        close(node, at++);
        return true;
      }
      if (c >= 0 && c < 0x20) {
        return false;
      }
      if (c == '\\') {
        at++;
        if (at == end || "\"\\/bfnrtu".indexOf(text[at]) < 0) {
          return false;
        }
        if (text[at] == 'u' && (at + 4 >= end || JsonText.hex4(text, at + 1) < 0)) {
          return false;
        }
      }
      at++;
    }
    return false;
  }

  private boolean number() {
    int from = at;
    boolean negative = text[at] == '-';
    if (negative) {
      at++;
    }
    int digits = at;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == digits || text[digits] == '0' && at - digits > 1) {
      return false;
    }
    boolean whole = true;
    if (at < end && text[at] == '.') {
      whole = false;
      int fraction = ++at;
      while (at < end && text[at] >= '0' && text[at] <= '9') {
        at++;
      }
      if (at == fraction) {
        return false;
      }
    }
    if (at < end && (text[at] == 'e' || text[at] == 'E')) {
      whole = false;
      at++;
      if (at < end && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      int exponent = at;
      while (at < end && text[at] >= '0' && text[at] <= '9') {
        at++;
      }
      if (at == exponent) {
        return false;
      }
    }
    return whole ? integer(from, digits, negative) : floating(from);
  }

  private boolean integer(int from, int digits, boolean negative) {
    long v = 0;
    for (int i = digits; i < at; i++) {
      int d = text[i] - '0';
      if (Long.compareUnsigned(v, Long.divideUnsigned(-1L - d, 10)) > 0) {
        return false;
      }
      v = v * 10 + d;
    }
    if (negative && v < 0 && v != Long.MIN_VALUE) {
      return false;
    }
    int node = add(v < 0 && !negative ? Kind.UNSIGNED : Kind.INTEGER, from);
    numbers[node] = negative ? -v : v;
    return close(node, at);
  }

  private boolean floating(int from) {
    double d = Double.parseDouble(new String(text, from, at - from, StandardCharsets.US_ASCII));
    if (Double.isInfinite(d)) {
      return false;
    }
    int node = add(Kind.DOUBLE, from);
    numbers[node] = Double.doubleToRawLongBits(d);
    return close(node, at);
  }
}
