package io.longhouse.engine.table.file;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths with wildcards: {@code *} and {@code ?} within a name, {@code **} for any folders, {@code
 * {a,b}} for either, {@code {1..3}} for each number, with leading zeros as the first has them.
 */
final class PathPattern {
  private static final Pattern RANGE = Pattern.compile("(\\d+)\\.\\.(\\d+)");
  private static final int ALTERNATIVES_MAX = 100_000;

  private PathPattern() {}

  static boolean isOne(String path) {
    return path.matches(".*[*?{].*");
  }

  /** The files there are, each once, in the order of their paths. */
  static List<Path> files(Path pattern) {
    var found = new TreeSet<Path>();
    for (String p : alternatives(pattern.toString())) {
      Path path = Path.of(p);
      walk(path.getRoot(), path, 0, found);
    }
    return List.copyOf(found);
  }

  /** The patterns that braces stand for. */
  static List<String> alternatives(String pattern) {
    int open = pattern.indexOf('{');
    int close = open < 0 ? -1 : pattern.indexOf('}', open);
    if (close < 0) {
      return List.of(pattern);
    }
    String before = pattern.substring(0, open);
    List<String> middles = choices(pattern.substring(open + 1, close));
    List<String> out = new ArrayList<>();
    for (String rest : alternatives(pattern.substring(close + 1))) {
      middles.forEach(m -> out.add(before + m + rest));
    }
    if (out.size() > ALTERNATIVES_MAX) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Pattern stands for too many paths: " + pattern);
    }
    return out;
  }

  private static List<String> choices(String inside) {
    Matcher range = RANGE.matcher(inside);
    if (!range.matches()) {
      return List.of(inside.split(",", -1));
    }
    long from = Long.parseLong(range.group(1));
    long to = Long.parseLong(range.group(2));
    int width = range.group(1).startsWith("0") ? range.group(1).length() : 1;
    if (Math.abs(to - from) > ALTERNATIVES_MAX) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Pattern stands for too many paths: {" + inside + "}");
    }
    List<String> out = new ArrayList<>();
    for (long n = Math.min(from, to); n <= Math.max(from, to); n++) {
      out.add(("%0" + width + "d").formatted(n));
    }
    return out;
  }

  private static void walk(Path at, Path pattern, int depth, TreeSet<Path> found) {
    if (depth == pattern.getNameCount()) {
      if (Files.isRegularFile(at)) {
        found.add(at);
      } else if (Files.isDirectory(at)) {
        children(at, "*").stream().filter(Files::isRegularFile).forEach(found::add);
      }
      return;
    }
    String name = pattern.getName(depth).toString();
    if (name.equals("**")) {
      walk(at, pattern, depth + 1, found);
      for (Path child : children(at, "*")) {
        if (Files.isDirectory(child)) {
          walk(child, pattern, depth, found);
        }
      }
    } else if (!isOne(name)) {
      if (Files.exists(at.resolve(name))) {
        walk(at.resolve(name), pattern, depth + 1, found);
      }
    } else {
      boolean last = depth == pattern.getNameCount() - 1;
      for (Path child : children(at, name)) {
        if (!last && Files.isDirectory(child) || last && Files.isRegularFile(child)) {
          walk(child, pattern, depth + 1, found);
        }
      }
    }
  }

  private static List<Path> children(Path folder, String name) {
    Pattern regex =
        Pattern.compile(
            name.codePoints()
                .mapToObj(c ->
                    c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(Character.toString(c)))
                .reduce("", String::concat));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> out = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path p : all) {
        if (regex.matcher(p.getFileName().toString()).matches()) {
          out.add(p);
        }
      }
    } catch (IOException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_OPEN_FILE, "Cannot list " + folder + ": " + e.getMessage(), e);
    }
    return out;
  }
}
