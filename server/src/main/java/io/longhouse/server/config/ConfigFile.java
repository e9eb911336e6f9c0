package io.longhouse.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Reads a configuration file with everything that lies beside it: {@code name.d} and {@code conf.d}
 * folders in the order of their files' names, {@code incl} and {@code from_env} substitutions. The
 * root element is {@code clickhouse}, {@code yandex} or {@code longhouse}.
 */
final class ConfigFile {
  private static final List<String> ROOTS = List.of("clickhouse", "yandex", "longhouse");

  private final Problems problems;
  private final Map<String, String> environment;
  private @Nullable ConfigNode includes;

  private final ConfigSources sources;

  ConfigFile(Problems problems, Map<String, String> environment, ConfigSources sources) {
    this.sources = sources;
    this.problems = problems;
    this.environment = environment;
  }

  /** The merged tree of a file and its folders; an empty one when it cannot be read. */
  ConfigNode read(Path file) {
    ConfigNode root = parse(file);
    for (Path piece : pieces(file)) {
      root.merge(parse(piece));
    }
    ConfigNode from = root.child("include_from");
    if (from != null && !from.text.isBlank()) {
      includes = parse(file.resolveSibling(from.text.strip()));
    }
    substitute(root, "");
    return root;
  }

  private List<Path> pieces(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    List<Path> found = new ArrayList<>();
    for (String folder : List.of((dot < 0 ? name : name.substring(0, dot)) + ".d", "conf.d")) {
      Path dir = file.resolveSibling(folder);
      sources.add(dir);
      if (!Files.isDirectory(dir)) {
        continue;
      }
      try (Stream<Path> list = Files.list(dir)) {
        list.filter(p -> isConfiguration(p.getFileName().toString())).forEach(found::add);
      } catch (IOException e) {
        problems.add("cannot list " + dir + ": " + e.getMessage());
      }
    }
    found.sort(java.util.Comparator.comparing(p -> p.getFileName().toString()));
    return found;
  }

  private static boolean isConfiguration(String name) {
    return !name.startsWith(".")
        && (name.endsWith(".xml") || name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private ConfigNode parse(Path file) {
    ConfigNode root = new ConfigNode("clickhouse");
    sources.add(file);
    try {
      if (file.toString().endsWith(".yaml") || file.toString().endsWith(".yml")) {
        Object tree =
            new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        if (tree instanceof Map<?, ?> map && map.size() == 1 && ROOTS.contains(first(map))) {
          tree = map.values().iterator().next();
        }
        fromYaml(root, tree);
      } else {
        fromXml(root, file);
      }
    } catch (IOException e) {
      problems.add("cannot read " + file + ": " + e);
    } catch (RuntimeException | SAXException | ParserConfigurationException e) {
      problems.add(file + " is not a configuration: " + e.getMessage());
    }
    return root;
  }

  private static String first(Map<?, ?> map) {
    return String.valueOf(map.keySet().iterator().next());
  }

  private static void fromYaml(ConfigNode into, @Nullable Object value) {
    switch (value) {
      case null -> into.text = "";
      case Map<?, ?> map ->
          map.forEach((k, v) -> {
            String key = String.valueOf(k);
            if (key.startsWith("@")) {
              into.attributes.put(key.substring(1), String.valueOf(v));
            } else if (key.equals("#text")) {
              into.text = String.valueOf(v);
            } else {
              List<?> all = v instanceof List<?> list ? list : java.util.Arrays.asList(v);
              for (Object one : all) {
                ConfigNode child = new ConfigNode(key);
                fromYaml(child, one);
                into.children.add(child);
              }
            }
          });
      case List<?> list -> list.forEach(one -> fromYaml(into, one));
      default -> into.text = String.valueOf(value);
    }
  }

  private void fromXml(ConfigNode root, Path file)
      throws IOException, SAXException, ParserConfigurationException {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    Element top;
    try (var in = Files.newInputStream(file)) {
      top = builder.parse(in).getDocumentElement();
    }
    if (!ROOTS.contains(top.getTagName())) {
      problems.add(
          file + ": the root element is <" + top.getTagName() + ">, expected <clickhouse>");
    }
    fromElement(root, top);
  }

  private static void fromElement(ConfigNode into, Element e) {
    var attributes = e.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      into.attributes.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
    }
    var text = new StringBuilder();
    for (Node n = e.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child) {
        ConfigNode c = new ConfigNode(child.getTagName());
        fromElement(c, child);
        into.children.add(c);
      } else if (n.getNodeType() == Node.TEXT_NODE || n.getNodeType() == Node.CDATA_SECTION_NODE) {
        text.append(n.getNodeValue());
      }
    }
    into.text = into.children.isEmpty() ? text.toString().strip() : "";
  }

  private void substitute(ConfigNode node, String path) {
    String variable = node.attributes.get("from_env");
    if (variable != null) {
      String value = environment.get(variable);
      if (value != null) {
        node.text = value;
      } else if (node.text.isEmpty() && !node.is("optional")) {
        problems.add(path + ": the environment has no variable " + variable);
      }
    }
    String incl = node.attributes.get("incl");
    if (incl != null) {
      ConfigNode found = includes == null ? null : includes.child(incl);
      if (found != null) {
        node.text = found.text;
        node.children.addAll(found.children);
      } else if (!node.is("optional") && includes != null) {
        problems.add(path + ": there is no element " + incl + " in the file of include_from");
      }
    }
    for (ConfigNode c : node.children) {
      substitute(c, path.isEmpty() ? c.name : path + "." + c.name);
    }
  }
}
