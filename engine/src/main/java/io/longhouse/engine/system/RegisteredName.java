package io.longhouse.engine.system;

import io.longhouse.registry.Registry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A name under which something is registered.
 *
 * @param aliasTo the main name, if this is another; else empty
 */
record RegisteredName(
    String name, String aliasTo, boolean caseInsensitive, String category, String doc) {
  /** The names and aliases of a kind, in their order. */
  static List<RegisteredName> of(Class<?> kind) {
    List<RegisteredName> names = new ArrayList<>();
    for (Registry.Entry e : Registry.of(kind).entries()) {
      names.add(new RegisteredName(e.name(), "", e.caseInsensitive(), e.category(), e.doc()));
      for (String alias : e.aliases()) {
        names.add(
            new RegisteredName(
                alias,
                e.name(),
                e.caseInsensitive() || e.aliasesCaseInsensitive(),
                e.category(),
                e.doc()));
      }
    }
    names.sort(Comparator.comparing(RegisteredName::name));
    return names;
  }
}
