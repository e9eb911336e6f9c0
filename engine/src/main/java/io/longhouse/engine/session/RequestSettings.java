package io.longhouse.engine.session;

import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import io.longhouse.sql.parser.ParserLimits;
import java.util.List;

/**
 * A request's statement and the settings in force for it: session, then request, then statement.
 */
final class RequestSettings {
  private RequestSettings() {}

  static ParsedStatement parse(LocalSession session, QueryRequest request) {
    Settings s = session.settings();
    var limits =
        new ParserLimits(
            (int) Math.min(Integer.MAX_VALUE, s.number("max_query_size")),
            (int) s.number("max_parser_depth"),
            (int) s.number("max_ast_depth"),
            (int) s.number("max_ast_elements"));
    String sql = ByteText.decode(request.sql());
    if (sql.isBlank()) {
      throw new LonghouseException(ErrorCode.SYNTAX_ERROR, "Empty query");
    }
    return Parser.parseStatement(sql, limits);
  }

  static Settings of(LocalSession session, QueryRequest request, ParsedStatement parsed) {
    Settings settings = session.settings().copy();
    request.settings().forEach(settings::set);
    apply(statementSettings(parsed.statement()), settings);
    apply(parsed.output().settings(), settings);
    return settings;
  }

  private static List<Setting> statementSettings(Statement statement) {
    return switch (statement) {
      case Query q -> last(q).settings();
      case Insert i -> i.settings();
      default -> List.of();
    };
  }

  private static Select last(Query q) {
    return switch (q) {
      case Select s -> s;
      case SetOperation o -> last(o.queries().getLast());
    };
  }

  static void apply(List<Setting> written, Settings settings) {
    for (Setting s : written) {
      var value = s.value();
      if (value == null) {
        settings.reset(s.name());
      } else {
        settings.set(s.name(), text(value));
      }
    }
  }

  /** A setting's value as text. */
  static String text(io.longhouse.sql.ast.Expression value) {
    return switch (value.bare()) {
      case Literal.StringLiteral s -> s.value();
      case Literal.BoolLiteral b -> b.value() ? "1" : "0";
      case NumberLiteral n -> Formatter.formatOneLine(n);
      default -> Formatter.formatOneLine(value);
    };
  }
}
