package io.longhouse.engine.table.combine;

import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code ENGINE = Alias([database,] table)}; the database is the alias's own where none is named.
 */
@Register(
    kind = TableEngine.class,
    name = "Alias",
    doc = "Another name of a table, for reading, writing and altering it.")
final class AliasEngine implements TableEngine {
  /** Where an alias leads, with the engine's arguments as they are kept. */
  private record Target(String database, String table, List<String> arguments) {
    static Target of(FunctionCall engine, TableId alias, Analyzer analyzer) {
      List<String> arguments = new ArrayList<>();
      for (Expression e : engine.arguments()) {
        arguments.add(text(e, analyzer));
      }
      return switch (arguments.size()) {
        case 0 ->
            throw new LonghouseException(
                ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
                "Storage Alias requires target table name in ENGINE arguments. Use: ENGINE ="
                    + " Alias('table_name') or ENGINE = Alias('database', 'table_name').");
        case 1 -> {
          String name = arguments.getFirst();
          int dot = name.indexOf('.');
          yield new Target(
              dot < 0 ? alias.database() : name.substring(0, dot),
              name.substring(dot + 1),
              arguments);
        }
        case 2 -> new Target(arguments.get(0), arguments.get(1), arguments);
        default ->
            throw new LonghouseException(
                ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
                "Storage Alias requires at most 2 arguments: database name and table name");
      };
    }

    private static String text(Expression e, Analyzer analyzer) {
      if (e.bare() instanceof Identifier i) {
        return String.join(".", i.parts());
      }
      var c = analyzer.constant(e);
      return c.type().textOf(c.value(), 0);
    }
  }

  @Override
  public boolean hasDeclaredColumns() {
    return false;
  }

  @Override
  public List<ColumnDefinition> inferredColumns(
      FunctionCall engine, TableId id, Analyzer analyzer, QueryContext context) {
    Target to = Target.of(engine, id, analyzer);
    Table table = context.require(Catalog.class).find(to.database, to.table);
    return table == null ? List.of() : table.columns();
  }

  @Override
  public Table create(Definition d) {
    StorageClause storage = Objects.requireNonNull(d.statement().storage());
    FunctionCall engine = Objects.requireNonNull(storage.engine());
    Target to = Target.of(engine, d.id(), d.analyzer());
    if (d.id().database().equals(to.database) && d.id().name().equals(to.table)) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Alias table cannot refer to itself");
    }
    Catalog catalog = d.context().require(Catalog.class);
    if (catalog.find(to.database, to.table) instanceof AliasTable) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Alias table cannot refer to another Alias table");
    }
    return new AliasTable(
        d.id(), to.database, to.table, kept(d.statement(), storage, engine, to), catalog);
  }

  /** The statement with strings as the engine's arguments, and no list of no columns. */
  private static CreateTable kept(
      CreateTable s, StorageClause storage, FunctionCall engine, Target to) {
    List<Expression> arguments = new ArrayList<>();
    to.arguments.forEach(a -> arguments.add(Literal.of(a)));
    TableSchema schema = s.schema();
    return new CreateTable(
        s.head(),
        schema == null || schema.columns().isEmpty() ? null : schema,
        storage.withEngine(FunctionCall.call(engine.name(), arguments.toArray(Expression[]::new))),
        s.source(),
        s.empty(),
        s.comment(),
        s.attachFrom(),
        s.attachAsReplicated());
  }
}
