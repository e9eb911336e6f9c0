package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code system.build_options}: what this server is and what it runs on. */
@Register(kind = SystemTable.class, name = "build_options", doc = "What this server is made of.")
final class BuildOptionsTable extends SystemTable<Map.Entry<String, String>> {
  BuildOptionsTable() {
    super(
        "build_options",
        new SystemColumns<Map.Entry<String, String>>()
            .text("name", Map.Entry::getKey)
            .text("value", Map.Entry::getValue));
  }

  @Override
  protected Iterable<Map.Entry<String, String>> rows(QueryContext context) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("VERSION_NAME", "Longhouse");
    options.put("SYSTEM", property("os.name"));
    options.put("SYSTEM_PROCESSOR", property("os.arch"));
    options.put("JAVA_VERSION", property("java.version"));
    options.put("JAVA_VM", property("java.vm.name"));
    options.put("JAVA_VENDOR", property("java.vendor"));
    return options.entrySet();
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
