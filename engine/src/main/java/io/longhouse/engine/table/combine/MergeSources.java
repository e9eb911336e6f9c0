package io.longhouse.engine.table.combine;

import com.google.re2j.Pattern;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.TableEntry;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.function.CommonType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which tables a Merge reads.
 *
 * @param databases what the names of databases contain; null for the one named {@code database}
 * @param tables what the names of tables contain
 */
record MergeSources(Catalog catalog, String database, @Nullable Pattern databases, Pattern tables) {
  /** The tables there are now, by database and name. */
  List<Table> find() {
    return find((in, name) -> true);
  }

  /** Those of them that somebody may know of. */
  List<Table> find(BiPredicate<String, String> shown) {
    List<Table> found = new ArrayList<>();
    for (Database d : catalog.databases()) {
      Pattern p = databases;
      if (p == null ? d.name().equals(database) : p.matcher(d.name()).find()) {
        for (TableEntry t : d.entries()) {
          if (tables.matcher(t.name()).find() && shown.test(d.name(), t.name())) {
            found.add(t.table());
          }
        }
      }
    }
    return found;
  }

  /** All columns of the tables; a column of several types has the type that takes all of them. */
  List<ColumnDefinition> columns() {
    return columns(find());
  }

  static List<ColumnDefinition> columns(List<Table> found) {
    Map<String, List<DataType>> types = new LinkedHashMap<>();
    for (Table t : found) {
      for (ColumnDefinition c : t.columns()) {
        types.computeIfAbsent(c.name(), _ -> new ArrayList<>()).add(c.type());
      }
    }
    if (types.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.CANNOT_EXTRACT_TABLE_STRUCTURE,
          "There is no table satisfied provided regexp, you must specify table structure");
    }
    List<ColumnDefinition> columns = new ArrayList<>();
    types.forEach((name, all) -> columns.add(ColumnDefinition.of(name, CommonType.of(all))));
    return columns;
  }
}
