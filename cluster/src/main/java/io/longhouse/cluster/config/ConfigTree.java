package io.longhouse.cluster.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A flattened configuration below one key, as a tree again: {@code a.b[1].c} is element {@code c}
 * of the second {@code b} in {@code a}. Elements keep their order.
 */
final class ConfigTree {
  private final String path;
  private final SequencedMap<String, ConfigTree> children = new LinkedHashMap<>();
  private String text = "";

  private ConfigTree(String path) {
    this.path = path;
  }

  static ConfigTree of(Map<String, String> configuration, String root) {
    var tree = new ConfigTree(root);
    configuration.forEach((key, value) -> {
      if (key.equals(root)) {
        tree.text = value;
      } else if (key.startsWith(root + ".")) {
        ConfigTree at = tree;
        for (String step : key.substring(root.length() + 1).split("\\.")) {
          String below = at.path + "." + step;
          at = at.children.computeIfAbsent(step, _ -> new ConfigTree(below));
        }
        at.text = value;
      }
    });
    return tree;
  }

  /** Elements by key; the second and later ones of a name have their number behind it. */
  SequencedMap<String, ConfigTree> children() {
    return children;
  }

  String path() {
    return path;
  }

  boolean has(String child) {
    return children.containsKey(child);
  }

  String text(String child, String otherwise) {
    ConfigTree c = children.get(child);
    return c == null ? otherwise : c.text;
  }
}
