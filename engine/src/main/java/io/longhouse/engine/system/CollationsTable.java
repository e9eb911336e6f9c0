package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.text.Collator;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;

/** {@code system.collations}: what can stand behind COLLATE. */
@Register(kind = SystemTable.class, name = "collations", doc = "What can stand behind COLLATE.")
final class CollationsTable extends SystemTable<Locale> {
  CollationsTable() {
    super(
        "collations",
        new SystemColumns<Locale>()
            .text("name", Locale::toString)
            .add("language", "Nullable(String)", l -> l.getDisplayName(Locale.ENGLISH)));
  }

  @Override
  protected Iterable<Locale> rows(QueryContext context) {
    var byName = new TreeMap<String, Locale>();
    Arrays.stream(Collator.getAvailableLocales())
        .filter(l -> !l.toString().isEmpty())
        .forEach(l -> byName.put(l.toString(), l));
    return byName.values();
  }
}
