package io.longhouse.engine.catalog;

import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.view.MaterializedView;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which materialized views the inserts into a table feed, by the name of the table, which need not
 * exist. A view is in here from its start to its end. Safe for many threads.
 */
public final class ViewDependencies {
  /** A table's name in its database. */
  private record Source(String database, String table) {
    static Source of(TableId id) {
      return new Source(id.database(), id.name());
    }
  }

  private final ConcurrentHashMap<Source, List<MaterializedView>> views = new ConcurrentHashMap<>();

  /** From now on inserts into its source feed the view. */
  public void add(MaterializedView view) {
    views
        .computeIfAbsent(Source.of(view.source()), _ -> new CopyOnWriteArrayList<>())
        .addLast(view);
  }

  public void remove(MaterializedView view) {
    views.computeIfPresent(
        Source.of(view.source()),
        (_, of) -> {
          of.remove(view);
          return of.isEmpty() ? null : of;
        });
  }

  /** The views of a table, by their names. */
  public List<MaterializedView> of(TableId source) {
    List<MaterializedView> of = views.get(Source.of(source));
    return of == null
        ? List.of()
        : of.stream().sorted((a, b) -> a.id().toString().compareTo(b.id().toString())).toList();
  }
}
