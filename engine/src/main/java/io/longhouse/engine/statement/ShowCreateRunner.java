package io.longhouse.engine.statement;

import io.longhouse.engine.catalog.AtomicDatabase;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.dictionary.DictionaryTable;
import io.longhouse.engine.session.SecretText;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.View;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.ShowCreate;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code SHOW CREATE}. */
@Register(kind = StatementRunner.class, name = "ShowCreate")
final class ShowCreateRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var s = (ShowCreate) statement;
    String text =
        switch (s.kind()) {
          case DATABASE -> database(context.catalog().require(s.name().name()));
          case TABLE -> Formatter.format(TableDefinitions.create(table(s, context)));
          case VIEW -> view(s, context);
          case DICTIONARY -> dictionary(table(s, context));
        };
    return StatementResult.Rows.lines("statement", List.of(SecretText.masked(text)));
  }

  private static String database(Database d) {
    return "CREATE DATABASE "
        + Quoting.identifier(d.name())
        + "\nENGINE = "
        + engineOf(d)
        + (d.comment().isEmpty() ? "" : "\nCOMMENT " + Quoting.string(d.comment()));
  }

  private static String engineOf(Database d) {
    FunctionCall call = d instanceof AtomicDatabase a ? a.engineCall() : null;
    return call == null ? d.engine() : Formatter.formatOneLine(call);
  }

  private static String dictionary(Table t) {
    if (!(t instanceof DictionaryTable)) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, t.id() + " is not a DICTIONARY");
    }
    return Formatter.format(TableDefinitions.create(t));
  }

  private static String view(ShowCreate s, StatementContext context) {
    Table t = table(s, context);
    if (!(t instanceof View) && !t.engine().endsWith("View")) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, t.id() + " is not a VIEW");
    }
    return Formatter.format(TableDefinitions.create(t));
  }

  private static Table table(ShowCreate s, StatementContext context) {
    Identifier name = s.name();
    Table found = find(s, name, context);
    if (found == null) {
      throw new LonghouseException(
          ErrorCode.CANNOT_GET_CREATE_TABLE_QUERY, "Table `" + name.last() + "` doesn't exist");
    }
    return found;
  }

  private static @Nullable Table find(ShowCreate s, Identifier name, StatementContext context) {
    String in = name.qualifier();
    if (s.temporary()) {
      return context.temporaryTables().find(name.last());
    }
    context.catalog().require(in == null ? context.session().database() : in);
    return context.tables().find(in, name.last());
  }
}
