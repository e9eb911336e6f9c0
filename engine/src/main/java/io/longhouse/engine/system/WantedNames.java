package io.longhouse.engine.system;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.engine.exec.FilterLane;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ByteText;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which databases and tables a query of a system table can want, by those parts of its condition
 * that look at nothing but the name: not all tables of a server are opened for what is asked of
 * one. More may be let through than the whole condition keeps.
 */
record WantedNames(Predicate<String> databases, Predicate<String> tables) {
  static final WantedNames ALL = new WantedNames(_ -> true, _ -> true);

  /**
   * @param filter over the scan's columns
   * @param database the place of the column with the database's name, or -1
   * @param table the place of the column with the table's name, or -1
   */
  static WantedNames of(@Nullable Expr filter, int database, int table) {
    return filter == null ? ALL : new WantedNames(of(filter, database), of(filter, table));
  }

  private static Predicate<String> of(Expr filter, int place) {
    List<Program> conditions =
        Conditions.conjunctsOf(filter).stream()
            .filter(c -> Exprs.inputs(c).equals(Set.of(place)) && Exprs.isDeterministic(c))
            .map(c -> new Program(List.of(Exprs.map(c, _ -> 0))))
            .toList();
    return conditions.isEmpty()
        ? _ -> true
        : name -> conditions.stream().allMatch(c -> holds(c, name));
  }

  private static boolean holds(Program condition, String name) {
    Column[] value = {StringColumn.of(ByteText.encode(name))};
    return FilterLane.select(condition.evaluate(new Block(value, 1))[0], 1, new int[1]) == 1;
  }
}
