package io.longhouse.engine.table.combine;

import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.View;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of many tables, one after another: it is analysed as the UNION ALL of a query of each,
 * with the columns converted to this table's types. What a table lacks is its type's default.
 */
final class MergeView implements View {
  private static final List<ColumnDefinition> VIRTUAL =
      List.of(
          ColumnDefinition.of("_database", new LowCardinalityType(StringType.TYPE)),
          ColumnDefinition.of("_table", new LowCardinalityType(StringType.TYPE)));

  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final @Nullable CreateStatement definition;
  private final Supplier<List<Table>> sources;

  MergeView(
      TableId id,
      List<ColumnDefinition> columns,
      @Nullable CreateStatement definition,
      Supplier<List<Table>> sources) {
    this.id = id;
    this.columns = List.copyOf(columns);
    this.definition = definition;
    this.sources = sources;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "Merge";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public List<ColumnDefinition> virtualColumns() {
    return VIRTUAL;
  }

  @Override
  public @Nullable CreateStatement definition() {
    return definition;
  }

  @Override
  public Query query() {
    List<Query> queries = new ArrayList<>();
    for (Table t : sources.get()) {
      if (t != this) {
        queries.add(of(t));
      }
    }
    if (queries.isEmpty()) {
      return nothing();
    }
    return queries.size() == 1
        ? queries.getFirst()
        : new SetOperation(
            queries, Collections.nCopies(queries.size() - 1, SetOperation.Operator.UNION_ALL));
  }

  private Query of(Table source) {
    TableId from = source.id();
    List<Expression> projection = new ArrayList<>();
    for (ColumnDefinition c : columns) {
      if (c.isStored()) {
        boolean there = source.column(c.name()) != null;
        Expression value = there ? Identifier.of(c.name()) : absent(c);
        projection.add(new Aliased(cast(value, c), c.name()));
      }
    }
    projection.add(virtual(0, from.database()));
    projection.add(virtual(1, from.name()));
    var table =
        new TableExpression.NamedTable(
            from.database().isEmpty()
                ? Identifier.of(from.name())
                : Identifier.of(from.database(), from.name()));
    return select(projection, new From(TableExpression.of(table), List.of()), null);
  }

  private static Expression virtual(int at, String value) {
    ColumnDefinition c = VIRTUAL.get(at);
    return new Aliased(cast(Literal.of(value), c), c.name());
  }

  private static Expression cast(Expression value, ColumnDefinition to) {
    return FunctionCall.call("_CAST", value, Literal.of(to.type().name()));
  }

  private static Expression absent(ColumnDefinition c) {
    return FunctionCall.call("defaultValueOfTypeName", Literal.of(c.type().name()));
  }

  private Query nothing() {
    List<Expression> projection = new ArrayList<>();
    for (ColumnDefinition c : columns) {
      if (c.isStored()) {
        projection.add(new Aliased(cast(absent(c), c), c.name()));
      }
    }
    projection.add(virtual(0, ""));
    projection.add(virtual(1, ""));
    return select(projection, null, Literal.of(0));
  }

  private static Select select(
      List<Expression> projection, @Nullable From from, @Nullable Expression where) {
    return new Select(
        null,
        false,
        projection,
        from,
        null,
        where,
        null,
        null,
        List.of(),
        null,
        List.of(),
        false,
        null,
        null,
        null,
        List.of());
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
