package io.longhouse.engine.analyze;

import io.longhouse.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** What FROM yields: a plan and the columns by which its rows can be named. */
record Relation(Plan plan, List<VisibleColumn> columns) {
  Relation {
    columns = List.copyOf(columns);
  }

  Relation withPlan(Plan other) {
    return new Relation(other, columns);
  }

  /** Columns that carry this name without a qualifier; hidden ones only when there is no other. */
  List<VisibleColumn> named(String name) {
    List<VisibleColumn> found = new ArrayList<>();
    for (VisibleColumn c : columns) {
      if (!c.hidden() && c.name().equals(name)) {
        found.add(c);
      }
    }
    return found;
  }

  /** Columns of the table called {@code qualifier} that carry this name. */
  List<VisibleColumn> named(List<String> qualifier, String name) {
    List<VisibleColumn> found = new ArrayList<>();
    for (VisibleColumn c : columns) {
      if (c.name().equals(name) && c.hasQualifier(qualifier)) {
        found.add(c);
      }
    }
    return found;
  }
}
