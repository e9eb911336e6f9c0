package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.CommonType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Queries of WITH RECURSIVE that do read themselves, as tables. */
final class RecursiveQueries {
  /** Types grow from step to step, {@code n + 1} is wider than n, but not for long. */
  private static final int WIDENINGS_MAX = 16;

  private final Analyzer analyzer;
  private final Queries queries;
  private final Map<Frame.NamedQuery, RecursiveTable> tables = new IdentityHashMap<>();

  RecursiveQueries(Analyzer analyzer, Queries queries) {
    this.analyzer = analyzer;
    this.queries = queries;
  }

  static boolean isRecursive(Frame.NamedQuery q) {
    return q.recursive() && reads(q.query(), q.name());
  }

  /** The rows of the query, or inside of it those of its step before. */
  Plan plan(Frame.NamedQuery q, Frame scope) {
    RecursiveTable known = tables.get(q);
    return scan(known != null ? known : define(q, scope));
  }

  private static Plan scan(RecursiveTable t) {
    List<String> names = t.columns().stream().map(ColumnDefinition::name).toList();
    return new Plan.Scan(
        t,
        ScanRequest.of(names),
        new Header(t.columns().stream().map(c -> new Header.Field(c.name(), c.type())).toList()));
  }

  private RecursiveTable define(Frame.NamedQuery q, Frame scope) {
    if (!(q.query() instanceof SetOperation o) || reads(o.queries().getFirst(), q.name())) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE,
          "Unknown table expression identifier '" + q.name() + "' in scope " + q.name());
    }
    for (SetOperation.Operator op : o.operators()) {
      if (op != SetOperation.Operator.UNION_ALL) {
        throw new LonghouseException(
            ErrorCode.UNSUPPORTED_METHOD,
            "Recursive CTE subquery "
                + q.name()
                + " with "
                + op
                + " union mode is unsupported, only UNION ALL union mode is supported");
      }
    }
    Plan first = analyzer.subquery(o.queries().getFirst(), scope);
    Query rest =
        o.queries().size() == 2
            ? o.queries().getLast()
            : new SetOperation(
                o.queries().subList(1, o.queries().size()),
                o.operators().subList(1, o.operators().size()));
    Header header = first.header();
    List<DataType> types = header.fields().stream().map(Header.Field::type).toList();
    for (int i = 0; i < WIDENINGS_MAX; i++) {
      var table = new RecursiveTable(q.name(), columns(header, types), queries);
      tables.put(q, table);
      Plan step = analyzer.subquery(rest, scope);
      List<DataType> wider = common(q, types, step.header());
      if (wider.equals(types)) {
        List<String> names = header.fields().stream().map(Header.Field::name).toList();
        table.define(
            analyzer.converted(first, types, names), analyzer.converted(step, types, names));
        return table;
      }
      types = wider;
    }
    throw new LonghouseException(
        ErrorCode.TYPE_MISMATCH,
        "The columns of recursive CTE " + q.name() + " have another type at each step");
  }

  private static List<ColumnDefinition> columns(Header header, List<DataType> types) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add(ColumnDefinition.of(header.name(i), types.get(i)));
    }
    return columns;
  }

  private static List<DataType> common(Frame.NamedQuery q, List<DataType> types, Header step) {
    if (step.size() != types.size()) {
      throw new LonghouseException(
          ErrorCode.SIZES_OF_COLUMNS_DOESNT_MATCH,
          "Recursive CTE subquery "
              + q.name()
              + ". Expected projection columns to have same size in recursive and non recursive"
              + " subquery");
    }
    List<DataType> common = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      common.add(CommonType.of(List.of(types.get(i), step.type(i))));
    }
    return common;
  }

  private static boolean reads(Query query, String name) {
    return switch (query) {
      case SetOperation o -> o.queries().stream().anyMatch(x -> reads(x, name));
      case Select s -> {
        From from = s.from();
        if (from == null) {
          yield false;
        }
        TableExpression first = from.first();
        yield first != null && reads(first, name)
            || from.steps().stream().anyMatch(x -> x instanceof Join j && reads(j.right(), name));
      }
    };
  }

  private static boolean reads(TableExpression t, String name) {
    return switch (t.source()) {
      case TableExpression.NamedTable n -> n.name().equals(Identifier.of(name));
      case TableExpression.Derived d -> reads(d.query(), name);
      case TableExpression.TableFunction _ -> false;
    };
  }
}
