package io.longhouse.sql.parser;

import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT. */
final class Inserts {
  private Inserts() {}

  static Statement parse(Cursor c) {
    return parse(c, null);
  }

  static Insert parse(Cursor c, @Nullable With with) {
    c.expect("INSERT");
    if (!c.accept("INTO")) {
      c.couldBe("INTO");
    }
    Insert.Target target;
    Expression partitionBy = null;
    List<Expression> columns = null;
    List<Setting> functionSettings = List.of();
    c.accept("TABLE");
    if (c.accept("FUNCTION")) {
      TableExpression.TableFunction function = Functions.table(c);
      target = new Insert.Function(function.call());
      functionSettings = function.settings();
      partitionBy = c.accept("PARTITION BY") ? Expressions.parse(c) : null;
    } else {
      target = new Insert.Table(c.kind() == TokenKind.STRING ? named(c) : Names.table(c));
    }
    if (c.kind() == TokenKind.OPEN_ROUND && !Selects.isNext(c, 1)) {
      c.advance();
      columns = c.at(TokenKind.CLOSE_ROUND) ? List.of() : columns(c);
      c.expect(TokenKind.CLOSE_ROUND);
    }
    var head = new Head(target, columns, partitionBy, with);
    return data(c, head, functionSettings);
  }

  private static Identifier named(Cursor c) {
    return Identifier.of(Literals.string(c));
  }

  /** What comes before the data. */
  private record Head(
      Insert.Target target,
      @Nullable List<Expression> columns,
      @Nullable Expression partitionBy,
      @Nullable With with) {
    Insert insert(
        List<Setting> settings,
        Insert.@Nullable Infile infile,
        @Nullable String format,
        @Nullable Query select,
        int dataOffset) {
      return new Insert(target, columns, partitionBy, settings, infile, format, select, dataOffset);
    }
  }

  private static List<Expression> columns(Cursor c) {
    var columns = new ArrayList<Expression>();
    do {
      if (c.kind() == TokenKind.ASTERISK) {
        columns.add(Matchers.asterisk(c));
      } else if (c.at("COLUMNS") && c.kind(1) == TokenKind.OPEN_ROUND) {
        columns.add(Matchers.columns(c, null));
      } else {
        columns.add(column(c));
      }
    } while (c.accept(TokenKind.COMMA));
    return columns;
  }

  private static Expression column(Cursor c) {
    Identifier name = Names.tryCompound(c);
    if (name == null) {
      throw c.fail("identifier", "asterisk");
    }
    if (c.kind() == TokenKind.DOT && c.kind(1) == TokenKind.ASTERISK) {
      c.advance();
      c.advance();
      return new Matcher.QualifiedAsterisk(name, Matchers.transformers(c));
    }
    return name;
  }

  private static Insert data(Cursor c, Head head, List<Setting> functionSettings) {
    Insert.Infile infile = null;
    if (c.accept("FROM INFILE")) {
      Expression path = Literal.of(Literals.string(c));
      Expression compression = c.accept("COMPRESSION") ? Literal.of(Literals.string(c)) : null;
      infile = new Insert.Infile(path, compression);
    }
    List<Setting> settings = c.accept("SETTINGS") ? Settings.list(c) : functionSettings;
    if (c.at("VALUES")) {
      int offset = c.end();
      c.advance();
      return head.insert(settings, infile, "Values", null, infile == null ? offset : -1);
    }
    if (c.accept("FORMAT")) {
      return formatted(c, head, settings, infile);
    }
    if (infile != null) {
      return head.insert(settings, infile, null, null, -1);
    }
    if (c.kind() == TokenKind.OPEN_ROUND || Selects.isNext(c, 0)) {
      return selected(c, head, settings);
    }
    throw c.fail("VALUES", "FORMAT", "SELECT", "WITH", "FROM INFILE", "SETTINGS");
  }

  private static Insert formatted(
      Cursor c, Head head, List<Setting> settings, Insert.@Nullable Infile infile) {
    String format = Names.identifier(c);
    int offset = infile == null ? dataOffset(c.text(), c.previousEnd()) : -1;
    return head.insert(settings, infile, format, null, offset);
  }

  /** Data begin after the line break that follows the format, or after the blanks. */
  private static int dataOffset(String text, int mark) {
    int at = mark;
    if (at < text.length() && text.charAt(at) == ';') {
      throw SqlException.syntax(
          "You have excessive ';' symbol before data for INSERT.\n"
              + "Example:\n\n"
              + "INSERT INTO t (x, y) FORMAT TabSeparated\n"
              + ";\tHello\n"
              + "2\tWorld\n"
              + "\n"
              + "Note that there is no ';' just after format name, "
              + "you need to put at least one whitespace symbol before the data.");
    }
    while (at < text.length()
        && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\f')) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    return at;
  }

  private static Insert selected(Cursor c, Head head, List<Setting> before) {
    Query query = Selects.parse(c);
    if (head.with() != null) {
      query = withFirst(c, head.with(), query);
    }
    List<Setting> settings = merge(before, lastSettings(query));
    if (c.accept("FORMAT")) {
      String format = Names.identifier(c);
      int offset = c.atEnd() ? -1 : dataOffset(c.text(), c.previousEnd());
      return head.insert(settings, null, format, query, offset);
    }
    return head.insert(settings, null, null, query, -1);
  }

  /** A WITH in front of INSERT belongs to the first SELECT. */
  private static Query withFirst(Cursor c, With with, Query query) {
    return switch (query) {
      case Select s -> {
        if (s.with() != null) {
          throw c.fail("SELECT");
        }
        yield s.with(with);
      }
      case SetOperation o -> {
        var queries = new ArrayList<Query>(o.queries());
        queries.set(0, withFirst(c, with, queries.getFirst()));
        yield new SetOperation(queries, o.operators());
      }
    };
  }

  /** The settings of the SELECT hold for the INSERT too. */
  private static List<Setting> lastSettings(Query query) {
    return switch (query) {
      case Select s -> s.settings();
      case SetOperation o -> lastSettings(o.queries().getLast());
    };
  }

  private static List<Setting> merge(List<Setting> settings, List<Setting> more) {
    if (more.isEmpty()) {
      return settings;
    }
    var merged = new ArrayList<Setting>(settings);
    for (Setting s : more) {
      if (merged.stream().noneMatch(m -> m.name().equals(s.name()))) {
        merged.add(s);
      }
    }
    return List.copyOf(merged);
  }
}
