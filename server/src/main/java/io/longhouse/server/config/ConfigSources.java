package io.longhouse.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files that a configuration was read from, and the folders that they were looked for in. */
public final class ConfigSources {
  private final Set<Path> paths = new LinkedHashSet<>();

  void add(Path path) {
    paths.add(path);
  }

  /** Changes when a file changes, comes or goes. */
  public String state() {
    var out = new StringBuilder();
    for (Path p : paths) {
      out.append(p).append(' ').append(Files.isDirectory(p) ? names(p) : state(p)).append('\n');
    }
    return out.toString();
  }

  private static String state(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "none"; // it may come
    }
  }

  private static Set<String> names(Path folder) {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> list = Files.list(folder)) {
      list.forEach(p -> names.add(p.getFileName() + " " + state(p)));
    } catch (IOException e) {
      names.add("unreadable");
    }
    return names;
  }
}
