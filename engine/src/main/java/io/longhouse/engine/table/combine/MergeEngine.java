package io.longhouse.engine.table.combine;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** {@code ENGINE = Merge(database, 'regexp')} and the table function {@code merge}. */
@Register(kind = TableEngine.class, name = "Merge", doc = "Reads many tables as one.")
@Register(kind = TableFunction.class, name = "merge", doc = "Reads many tables as one.")
final class MergeEngine implements TableEngine, TableFunction {
  @Override
  public Table create(Definition d) {
    CreateTable statement = d.statement();
    FunctionCall engine = statement.storage() == null ? null : statement.storage().engine();
    List<Expression> args = engine == null ? List.of() : engine.arguments();
    if (args.size() != 2) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Storage Merge requires exactly 2 parameters - name of source database and regexp for"
              + " table names.");
    }
    MergeSources sources =
        sources(
            args,
            d.context().require(Catalog.class),
            d.context().currentDatabase(),
            e -> {
              var c = d.analyzer().constant(e);
              return c.type().textOf(c.value(), 0);
            });
    List<ColumnDefinition> columns = d.columns().isEmpty() ? sources.columns() : d.columns();
    return new MergeView(d.id(), columns, statement, sources::find);
  }

  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.isEmpty() || args.size() > 2) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function 'merge' requires from 1 to 2 parameters: [name of source database or"
              + " regexp], regexp for table names.");
    }
    var context = arguments.context();
    MergeSources sources =
        sources(args, context.require(Catalog.class), context.currentDatabase(), arguments::text);
    String name = "merge " + sources.database() + " " + sources.databases() + sources.tables();
    SessionAccess access = context.require(SessionAccess.class);
    BiPredicate<String, String> shown =
        (in, table) -> access.isGranted(Privilege.SHOW_TABLES, in, table);
    return new MergeView(
        TableId.of("_table_function", name),
        MergeSources.columns(sources.find(shown)),
        null,
        () -> sources.find(shown));
  }

  private static MergeSources sources(
      List<Expression> args, Catalog catalog, String current, Function<Expression, String> text) {
    Pattern tables = pattern(text.apply(args.getLast()));
    if (args.size() == 1) {
      return new MergeSources(catalog, current, null, tables);
    }
    Expression first = args.getFirst().bare();
    return switch (first) {
      case FunctionCall f when f.name().equals("REGEXP") && f.arguments().size() == 1 ->
          new MergeSources(catalog, "", pattern(text.apply(f.arguments().getFirst())), tables);
      case Identifier i -> new MergeSources(catalog, i.name(), null, tables);
      case Literal.StringLiteral s -> new MergeSources(catalog, s.value(), null, tables);
      default -> new MergeSources(catalog, text.apply(first), null, tables);
    };
  }

  private static Pattern pattern(String regexp) {
    try {
      return Pattern.compile(regexp);
    } catch (PatternSyntaxException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_COMPILE_REGEXP, "Cannot compile regexp: " + regexp, e);
    }
  }
}
