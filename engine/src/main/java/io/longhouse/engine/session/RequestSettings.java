package io.longhouse.engine.session;

import io.longhouse.engine.access.SettingsConstraints;
import io.longhouse.engine.settings.NotHonoured;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.SettingText;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.parser.Parser;
import io.longhouse.sql.parser.ParserLimits;
import java.util.List;

/**
 * A request's statement and the settings in force for it: session, then request, then statement.
 */
final class RequestSettings {
  private RequestSettings() {}

  static ParsedStatement parse(LocalSession session, QueryRequest request) {
    Settings s = session.settings().copy();
    apply(session, request, s);
    String sql = ByteText.decode(request.sql());
    if (sql.isBlank()) {
      throw new LonghouseException(ErrorCode.SYNTAX_ERROR, "Empty query");
    }
    return Parser.parseStatement(sql, limits(s));
  }

  /** Those of the session where the request's own cannot be had. */
  static Settings asFarAsTheyAreValid(LocalSession session, QueryRequest request) {
    Settings s = session.settings().copy();
    try {
      apply(session, request, s);
      return s;
    } catch (LonghouseException e) {
      return session.settings().copy(); // the client is told by whatever reads the request
    }
  }

  /**
   * What a client may not set is an error; what another server sends has been checked there, so
   * that the nearest value that may be set here is meant.
   */
  private static void apply(LocalSession session, QueryRequest request, Settings to) {
    InitialQuery initial = request.initial();
    if (initial == null || !initial.secondary()) {
      request.settings().forEach(to::set);
      return;
    }
    SettingsConstraints constraints = session.access().constraints();
    boolean fixed = !initial.trusted() && session.settings().number("readonly") == 1;
    request
        .settings()
        .forEach((name, value) -> {
          String nearest = constraints.nearest(name, value);
          boolean may = !fixed || constraints.isChangeableInReadonly(name);
          if (nearest != null && may && !name.equals("readonly")) {
            to.set(name, nearest);
          }
        });
  }

  private static ParserLimits limits(Settings s) {
    return new ParserLimits(
        (int) Math.min(Integer.MAX_VALUE, s.number("max_query_size")),
        (int) s.number("max_parser_depth"),
        (int) s.number("max_ast_depth"),
        (int) s.number("max_ast_elements"));
  }

  static Settings of(LocalSession session, QueryRequest request, ParsedStatement parsed) {
    Settings settings = session.settings().copy();
    session.access().constraints().imposed().forEach(settings::impose);
    apply(session, request, settings);
    SettingText.apply(statementSettings(parsed.statement()), settings);
    SettingText.apply(parsed.output().settings(), settings);
    NotHonoured.refuse(settings);
    if (settings.isChanged("max_ast_depth") || settings.isChanged("max_ast_elements")) {
      Parser.checkTree(parsed.statement(), limits(settings));
    }
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
}
