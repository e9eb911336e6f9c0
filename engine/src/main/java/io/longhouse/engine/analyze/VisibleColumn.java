package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.sql.ast.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that names in a query can mean.
 *
 * @param qualifiers the table's alias, or database and table name; empty for a column of the whole
 *     FROM
 * @param index place in the relation's plan; -1 for an ALIAS column
 * @param alias the expression of an ALIAS column
 * @param inAsterisk whether {@code *} expands to it
 * @param hidden whether only a qualified name finds it: the right side's columns of USING
 */
record VisibleColumn(
    List<List<String>> qualifiers,
    String name,
    int index,
    DataType type,
    @Nullable Expression alias,
    boolean inAsterisk,
    boolean hidden) {
  VisibleColumn shifted(int by) {
    return new VisibleColumn(
        qualifiers, name, index < 0 ? index : index + by, type, alias, inAsterisk, hidden);
  }

  VisibleColumn withType(DataType other) {
    return new VisibleColumn(qualifiers, name, index, other, alias, inAsterisk, hidden);
  }

  VisibleColumn at(int place) {
    return new VisibleColumn(qualifiers, name, place, type, alias, inAsterisk, hidden);
  }

  VisibleColumn hide() {
    return new VisibleColumn(qualifiers, name, index, type, alias, false, true);
  }

  boolean hasQualifier(List<String> wanted) {
    for (List<String> q : qualifiers) {
      if (q.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
