package io.longhouse.engine.statement;

import io.longhouse.column.Header;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.engine.table.view.PlainView;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What views and materialized views are made of. */
final class Views {
  private Views() {}

  /** The columns of a view; none while its query has parameters without a value. */
  static List<ColumnDefinition> columnsOfView(
      @Nullable TableSchema schema, Query query, StatementContext context) {
    try {
      return columns(schema, query, context);
    } catch (LonghouseException e) {
      if (e.code() == ErrorCode.UNKNOWN_QUERY_PARAMETER.code()) {
        return List.of();
      }
      throw e;
    }
  }

  static List<ColumnDefinition> columns(
      @Nullable TableSchema schema, Query query, StatementContext context) {
    if (schema != null && !schema.columns().isEmpty()) {
      return ColumnDeclarations.resolve(schema.columns(), context.analyzer(), context.query());
    }
    Header header = context.analyzer().analyze(query).header();
    return header.fields().stream().map(f -> ColumnDefinition.of(f.name(), f.type())).toList();
  }

  /** A schema that says all columns. */
  static @Nullable TableSchema schema(List<ColumnDefinition> columns) {
    return columns.isEmpty()
        ? null
        : new TableSchema(
            columns.stream().map(ColumnDeclarations::declare).toList(),
            List.of(),
            List.of(),
            List.of());
  }

  static Table attach(CreateView v, TableId id, StatementContext context) {
    return new PlainView(id, columnsOfView(v.schema(), v.query(), context), v);
  }

  static Table attach(CreateMaterializedView m, TableId id, StatementContext context) {
    return materialized(m, id, columns(m.schema(), m.query(), context), context.catalog());
  }

  static MaterializedView materialized(
      CreateMaterializedView m, TableId id, List<ColumnDefinition> columns, Catalog catalog) {
    Identifier to = m.to();
    String database = to == null ? id.database() : qualified(to, id.database());
    String name = to == null ? innerName(id) : to.last();
    return new MaterializedView(
        id,
        columns,
        m,
        source(m.query(), id.database()),
        () -> {
          Table t = catalog.find(database, name);
          if (t == null) {
            throw new LonghouseException(
                ErrorCode.UNKNOWN_TABLE,
                "Target table '" + database + "." + name + "' of view '" + id + "' doesn't exist");
          }
          return t;
        },
        catalog.views());
  }

  private static String qualified(Identifier name, String otherwise) {
    String q = name.qualifier();
    return q == null ? otherwise : q;
  }

  /** The name of the table behind a view that names none. */
  static String innerName(TableId id) {
    return id.uuid().equals(TableId.NO_UUID) ? ".inner." + id.name() : ".inner_id." + id.uuid();
  }

  /** The table that stands first in a view's FROM: inserts into it feed the view. */
  static TableId source(Query query, String database) {
    TableId found = find(query, database);
    return found == null ? TableId.of("", "") : found;
  }

  private static @Nullable TableId find(Query query, String database) {
    return switch (query) {
      case SetOperation o -> find(o.queries().getFirst(), database);
      case Select s -> {
        From from = s.from();
        TableExpression first = from == null ? null : from.first();
        yield first == null
            ? null
            : switch (first.source()) {
              case TableExpression.NamedTable n ->
                  TableId.of(qualified(n.name(), database), n.name().last());
              case TableExpression.Derived d -> find(d.query(), database);
              case TableExpression.TableFunction _ -> null;
            };
      }
    };
  }
}
