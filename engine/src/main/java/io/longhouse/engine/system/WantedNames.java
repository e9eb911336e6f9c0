package io.longhouse.engine.system;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.exec.FilterLane;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ByteText;
import io.longhouse.storage.index.KeyCondition;
import io.longhouse.storage.index.TextRange;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which databases and tables a query of a system table can want, by those parts of its condition
 * that look at nothing but the name: not all tables of a server are opened for what is asked of
 * one. More may be let through than the whole condition keeps.
 */
public record WantedNames(
    Predicate<String> databases,
    Predicate<String> tables,
    List<TextRange> databaseRanges,
    List<TextRange> tableRanges) {
  public static final WantedNames ALL =
      new WantedNames(_ -> true, _ -> true, TextRange.ALL, TextRange.ALL);

  /**
   * @param filter over the scan's columns
   * @param database the column with the database's name; null when it is not read
   * @param table the column with the table's name; null when it is not read
   */
  static WantedNames of(
      @Nullable Expr filter, Expr.@Nullable Input database, Expr.@Nullable Input table) {
    return filter == null
        ? ALL
        : new WantedNames(
            of(filter, database),
            of(filter, table),
            ranges(filter, database),
            ranges(filter, table));
  }

  /** Names in a row of which the condition can hold; NULL is among them only when all are. */
  private static List<TextRange> ranges(Expr filter, Expr.@Nullable Input name) {
    return name == null || name.type() instanceof NullableType && takesNull(filter)
        ? TextRange.ALL
        : KeyCondition.of(filter, List.of(name)).texts();
  }

  /** Whether NULL may be found in a set. */
  private static boolean takesNull(Expr e) {
    return e instanceof Expr.Call c && c.name().toLowerCase(Locale.ROOT).contains("nullin")
        || e.children().stream().anyMatch(WantedNames::takesNull);
  }

  private static Predicate<String> of(Expr filter, Expr.@Nullable Input name) {
    if (name == null) {
      return _ -> true;
    }
    int place = name.index();
    List<Program> conditions =
        Conditions.conjunctsOf(filter).stream()
            .filter(c -> Exprs.inputs(c).equals(Set.of(place)) && Exprs.isDeterministic(c))
            .map(c -> new Program(List.of(Exprs.map(c, _ -> 0))))
            .toList();
    return conditions.isEmpty() ? _ -> true : n -> conditions.stream().allMatch(c -> holds(c, n));
  }

  private static boolean holds(Program condition, String name) {
    Column[] value = {StringColumn.of(ByteText.encode(name))};
    return FilterLane.select(condition.evaluate(new Block(value, 1))[0], 1, new int[1]) == 1;
  }
}
