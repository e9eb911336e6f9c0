package io.longhouse.server.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One element of a configuration: a name, attributes, text, and elements below it. */
final class ConfigNode {
  /** Attributes that steer merging and substitution and are not part of an element's identity. */
  private static final List<String> DIRECTIVES =
      List.of("replace", "remove", "incl", "from_env", "optional", "merge", "hide_in_preprocessed");

  final String name;
  final Map<String, String> attributes = new TreeMap<>();
  final List<ConfigNode> children = new ArrayList<>();
  String text = "";

  ConfigNode(String name) {
    this.name = name;
  }

  @Nullable ConfigNode child(String childName) {
    for (ConfigNode c : children) {
      if (c.name.equals(childName)) {
        return c;
      }
    }
    return null;
  }

  ConfigNode childOrNew(String childName) {
    ConfigNode found = child(childName);
    if (found == null) {
      found = new ConfigNode(childName);
      children.add(found);
    }
    return found;
  }

  boolean is(String directive) {
    String v = attributes.get(directive);
    return v != null && !v.isEmpty() && !v.equals("0") && !v.equals("false");
  }

  private String identity() {
    var own = new TreeMap<>(attributes);
    DIRECTIVES.forEach(own::remove);
    return name + own;
  }

  /**
   * Lays another tree over this one: elements with the same name and attributes meet in their
   * order, {@code remove} and {@code replace} do what they say, text replaces text.
   */
  void merge(ConfigNode over) {
    Map<String, List<ConfigNode>> mine = new LinkedHashMap<>();
    for (ConfigNode c : children) {
      mine.computeIfAbsent(c.identity(), _ -> new ArrayList<>()).add(c);
    }
    for (ConfigNode o : over.children) {
      List<ConfigNode> same = mine.getOrDefault(o.identity(), List.of());
      if (o.is("remove")) {
        children.removeIf(same::contains);
      } else if (same.isEmpty()) {
        children.add(o);
      } else if (o.is("replace")) {
        int at = children.indexOf(same.getFirst());
        children.removeIf(same::contains);
        children.add(Math.min(at, children.size()), o);
        same.clear();
      } else {
        ConfigNode met = same.removeFirst();
        met.attributes.putAll(o.attributes);
        if (o.children.isEmpty()) {
          met.text = o.text;
        } else {
          met.merge(o);
        }
      }
    }
  }

  /** Keys with dots, a number behind the second and later elements of one name: {@code a.b[1]}. */
  void flatten(String prefix, Map<String, String> out) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (Iterator<ConfigNode> i = children.iterator(); i.hasNext(); ) {
      ConfigNode c = i.next();
      int n = seen.merge(c.name, 1, Integer::sum) - 1;
      String key = (prefix.isEmpty() ? "" : prefix + ".") + c.name + (n == 0 ? "" : "[" + n + "]");
      if (c.children.isEmpty()) {
        out.put(key, c.text);
      } else {
        c.flatten(key, out);
      }
    }
  }
}
