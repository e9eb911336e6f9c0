package io.longhouse.server.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration, gathered so that one run shows all of it. */
final class Problems {
  private final List<String> all = new ArrayList<>();

  void add(String problem) {
    if (!all.contains(problem)) {
      all.add(problem);
    }
  }

  /**
   * @throws ConfigException when there was any
   */
  void check() {
    if (!all.isEmpty()) {
      throw new ConfigException(all);
    }
  }
}
