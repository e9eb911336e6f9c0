package io.longhouse.cluster.config;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses as {@code remote} takes them:
 *
 * <pre>
 * addresses = shard {',' shard}       shard = replica {'|' replica}
 * replica   = host [':' port]         each may hold {a,b,c} or {from..to}, which stand for each of them
 * </pre>
 *
 * Braces with commas or numbers give shards, those with bars give replicas.
 */
public final class AddressPatterns {
  private static final int ADDRESSES_MAX = 1000;

  /**
   * A server.
   *
   * @param port 0 for this server's own
   */
  public record Address(String host, int port) {}

  private AddressPatterns() {}

  /** The shards with their replicas. */
  public static List<List<Address>> parse(String text) {
    List<List<Address>> shards = new ArrayList<>();
    for (String shard : expand(text, ',')) {
      List<Address> replicas = new ArrayList<>();
      for (String replica : expand(shard, '|')) {
        replicas.add(address(replica.strip()));
      }
      shards.add(replicas);
    }
    return shards;
  }

  private static Address address(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.indexOf(':') != colon) {
      return new Address(text, 0);
    }
    try {
      return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Wrong port in address " + text, e);
    }
  }

  /** The parts between separators outside of braces, with the braces of that separator expanded. */
  private static List<String> expand(String text, char separator) {
    List<String> out = new ArrayList<>();
    int from = 0;
    int depth = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : separator;
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == separator && depth == 0 || i == text.length()) {
        addBraces(text.substring(from, i), separator, out);
        from = i + 1;
      }
    }
    if (out.size() > ADDRESSES_MAX) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Too many addresses: more than " + ADDRESSES_MAX);
    }
    return out;
  }

  private static void addBraces(String part, char separator, List<String> out) {
    int open = part.indexOf('{');
    while (open >= 0) {
      int close = part.indexOf('}', open);
      if (close < 0) {
        throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Unbalanced braces in " + part);
      }
      String inside = part.substring(open + 1, close);
      List<String> choices = choices(inside, separator);
      if (!choices.isEmpty()) {
        for (String c : choices) {
          addBraces(part.substring(0, open) + c + part.substring(close + 1), separator, out);
        }
        return;
      }
      open = part.indexOf('{', close);
    }
    out.add(part);
  }

  /** What braces stand for; none if they belong to the other separator. */
  private static List<String> choices(String inside, char separator) {
    int dots = inside.indexOf("..");
    if (dots >= 0) {
      return separator == ','
          ? range(inside.substring(0, dots), inside.substring(dots + 2))
          : List.of();
    }
    boolean bars = inside.indexOf('|') >= 0;
    if (bars != (separator == '|')) {
      return List.of();
    }
    return List.of(inside.split(bars ? "\\|" : ",", -1));
  }

  private static List<String> range(String first, String last) {
    List<String> out = new ArrayList<>();
    try {
      int end = Integer.parseInt(last);
      for (int i = Integer.parseInt(first); i <= end && out.size() <= ADDRESSES_MAX; i++) {
        String number = Integer.toString(i);
        boolean padded = first.length() > 1 && first.startsWith("0");
        out.add(
            padded ? "0".repeat(Math.max(0, first.length() - number.length())) + number : number);
      }
    } catch (NumberFormatException e) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Wrong range {" + first + ".." + last + "}", e);
    }
    return out;
  }
}
