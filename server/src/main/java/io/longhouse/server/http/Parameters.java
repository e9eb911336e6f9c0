package io.longhouse.server.http;

import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters of a URL or form, decoded; of a repeated name the last. */
final class Parameters {
  private static final int PARAMETERS_MAX = 1000;

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> roles = new ArrayList<>();

  /** Adds what {@code a=1&b=2} says. */
  void addEncoded(String encoded) {
    int at = 0;
    while (at < encoded.length()) {
      int end = encoded.indexOf('&', at);
      end = end < 0 ? encoded.length() : end;
      int eq = encoded.indexOf('=', at);
      if (end > at) {
        boolean named = eq >= 0 && eq < end;
        put(decode(encoded, at, named ? eq : end), named ? decode(encoded, eq + 1, end) : "");
      }
      at = end + 1;
    }
  }

  void put(String name, String value) {
    if (values.size() >= PARAMETERS_MAX) {
      throw new HttpException(400, "Too many parameters: the limit is " + PARAMETERS_MAX);
    }
    values.put(name, value);
    if (name.equals("role")) {
      roles.add(value);
    }
  }

  /** Gives a parameter another name, if it is there. */
  void move(String from, String to) {
    String value = values.remove(from);
    if (value != null) {
      values.put(to, value);
    }
  }

  /** The values of {@code role}, the one parameter that may stand there more than once. */
  List<String> roles() {
    return roles;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** Whether a parameter is there and is not 0. */
  boolean isOn(String name) {
    return isOn(name, false);
  }

  boolean isOn(String name, boolean otherwise) {
    String v = values.get(name);
    return v == null ? otherwise : v.equals("1") || v.equals("true");
  }

  long number(String name, long otherwise) {
    String v = values.get(name);
    if (v == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(v);
    } catch (NumberFormatException e) {
      throw new HttpException(400, "The parameter " + name + " is not a number: " + v);
    }
  }

  Map<String, String> all() {
    return values;
  }

  /** Undoes percent signs and plus signs; the request line was read as Latin-1. */
  private static String decode(String text, int from, int to) {
    byte[] out = new byte[to - from];
    int n = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < to ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < to ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new HttpException(400, "A percent sign is not followed by two hexadecimal digits");
        }
        out[n++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        out[n++] = c == '+' ? (byte) ' ' : (byte) c;
      }
    }
    return ByteText.decode(out, 0, n);
  }
}
