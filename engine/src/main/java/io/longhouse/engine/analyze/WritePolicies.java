package io.longhouse.engine.analyze;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.FilterLane;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnDeclaration.DefaultKind;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What row policies ask of rows that a user writes: each must be one that the user would see, in
 * the table that it is written to and in every table that this one passes its rows to. And what
 * they give: a policy {@code column = constant} is the default of its column.
 */
public final class WritePolicies {
  /**
   * What every row must satisfy.
   *
   * @param table whose policy it is
   * @param condition over the stored columns of the table that is written to
   */
  public record Rule(TableId table, Expr condition) {}

  private final SessionAccess access;
  private final Analyzer analyzer;
  private final List<ColumnDefinition> stored;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Expression> fills = new HashMap<>();
  private final List<ColumnDefinition> columns;

  private WritePolicies(Table table, List<Table> named, SessionAccess access, Analyzer analyzer) {
    this.access = access;
    this.analyzer = analyzer;
    this.stored = table.columns().stream().filter(ColumnDefinition::isStored).toList();
    if (!access.isUnrestricted()) {
      Place place = new Place(table, null);
      named.forEach(n -> apply(new Place(n, place)));
      find(place);
    }
    this.columns = table.columns().stream().map(this::filled).toList();
  }

  /**
   * @param table that is written to
   * @param named other names, of views of it and aliases, that lead to it from that of the INSERT
   * @throws LonghouseException ACCESS_DENIED (497) where the user may write no row at all
   */
  public static WritePolicies of(
      Table table, List<Table> named, SessionAccess access, Analyzer analyzer) {
    return new WritePolicies(table, named, access, analyzer);
  }

  /** The table's columns, with the defaults that the policies give. */
  public List<ColumnDefinition> columns() {
    return columns;
  }

  public List<Rule> rules() {
    return rules;
  }

  private void find(Place first) {
    Set<Table> seen = new HashSet<>();
    Place place = first;
    while (seen.add(place.table)) {
      apply(place);
      Table next = place.table.passesRowsTo(analyzer.context());
      if (next == null) {
        return;
      }
      place = new Place(next, place);
    }
  }

  private void apply(Place place) {
    TableId id = place.table.id();
    Expression filter = access.rowFilter(id.database(), id.name());
    if (filter == null) {
      return;
    }
    Expr condition = analyzer.resolve(filter, place::column);
    if (condition instanceof Expr.Constant c && isFalse(c)) {
      throw refused(
          "no row policy of " + id + " is for this user, whose rows would be hidden from itself");
    }
    for (String column : place.read) {
      if (!place.table.keepsApart(column)) {
        throw refused(
            "its engine makes one row of several with the same key, to which `"
                + column
                + "` of the row policy does not belong: a new row could take another's place");
      }
    }
    rules.add(new Rule(id, condition));
    fill(filter, place);
  }

  private static boolean isFalse(Expr.Constant c) {
    return FilterLane.select(c.value().full(), 1, new int[2]) == 0;
  }

  private LonghouseException refused(String why) {
    return new LonghouseException(
        ErrorCode.ACCESS_DENIED,
        access.userName() + ": Not enough privileges. The INSERT is refused since " + why);
  }

  // ---- Values that policies give

  private void fill(Expression filter, Place place) {
    if (!(filter.bare() instanceof FunctionCall f)) {
      return;
    }
    switch (f.name()) {
      case "and" -> f.arguments().forEach(a -> fill(a, place));
      case "equals" -> {
        fill(f.arguments().get(0), f.arguments().get(1), place);
        fill(f.arguments().get(1), f.arguments().get(0), place);
      }
      case "in", "globalIn" -> {
        Expression only = only(f.arguments().get(1).bare());
        if (only != null) {
          fill(f.arguments().get(0), only, place);
        }
      }
      default -> {}
    }
  }

  private static @Nullable Expression only(Expression list) {
    return switch (list) {
      case FunctionCall f when f.name().equals("tuple") || f.name().equals("array") ->
          f.arguments().size() == 1 ? f.arguments().getFirst() : null;
      case Literal.ArrayLiteral a -> a.elements().size() == 1 ? a.elements().getFirst() : null;
      case Literal.TupleLiteral _ -> null;
      case Literal l -> l;
      case FunctionCall f -> f;
      default -> null;
    };
  }

  private void fill(Expression left, Expression right, Place place) {
    Expr value = analyzer.resolve(right, place::column);
    if (value instanceof Expr.Constant c
        && unconverted(analyzer.resolve(left, place::column)) instanceof Expr.Input in) {
      ColumnDefinition column = stored.get(in.index());
      Expression text = literal(c, column.type());
      if (text != null) {
        fills.putIfAbsent(column.name(), text);
      }
    }
  }

  /** The column below conversions; what they lose is found when rows are checked. */
  private static Expr unconverted(Expr e) {
    Expr inside = e;
    while (inside instanceof Expr.Call c
        && (c.name().equals("_CAST") || c.name().equals("CAST") || c.name().startsWith("to"))
        && c.arguments().stream().skip(1).allMatch(Expr.Constant.class::isInstance)) {
      inside = c.arguments().getFirst();
    }
    return inside;
  }

  private @Nullable Expression literal(Expr.Constant value, DataType type) {
    Column c;
    try {
      c = Literals.cast(value, type, analyzer.context()).full();
    } catch (LonghouseException e) {
      // No value of the column is equal to it: the rows that come will be refused.
      return null;
    }
    if (c.plain().full().isNullAt(0)) {
      return null;
    }
    return ConstantText.of(c, type);
  }

  private ColumnDefinition filled(ColumnDefinition c) {
    Expression value = fills.get(c.name());
    return value == null || !c.isInsertable()
        ? c
        : new ColumnDefinition(
            c.name(), c.type(), DefaultKind.DEFAULT, value, c.comment(), c.codec(), c.ttl());
  }

  /** A table on the rows' way: its columns over those that are written first. */
  private final class Place {
    private final Table table;
    private final @Nullable Place before;
    private final ComputedColumns computed = new ComputedColumns(analyzer, this::column);

    /** The stored columns that its policy reads. */
    private final Set<String> read = new HashSet<>();

    Place(Table table, @Nullable Place before) {
      this.table = table;
      this.before = before;
    }

    @Nullable Expr column(String name) {
      ColumnDefinition c = table.column(name);
      if (c == null) {
        return null;
      }
      Expr passed = passed(c);
      if (passed != null) {
        read.add(name);
        return analyzer.castTo(passed, c.type());
      }
      Expr made = c.isInsertable() ? null : computed.value(c);
      if (made == null) {
        throw refused(
            "the row policy of "
                + table.id()
                + " reads `"
                + name
                + "`, of which nothing is known when a row is written");
      }
      return made;
    }

    /** The value of a column as it comes. */
    private @Nullable Expr passed(ColumnDefinition c) {
      Place from = before;
      if (from == null) {
        for (int i = 0; i < stored.size(); i++) {
          if (stored.get(i).name().equals(c.name())) {
            return new Expr.Input(i, stored.get(i).type());
          }
        }
        return null;
      }
      ColumnDefinition there = from.table.column(c.name());
      boolean comes =
          c.isInsertable()
              && there != null
              && there.isStored()
              && from.table.columns().contains(there);
      return comes ? from.column(c.name()) : null;
    }
  }
}
