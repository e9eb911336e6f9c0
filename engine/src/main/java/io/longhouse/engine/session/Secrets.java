package io.longhouse.engine.session;

import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Authentication;
import io.longhouse.sql.ast.CreateUser;
import io.longhouse.sql.ast.ExecuteAs;
import io.longhouse.sql.ast.ParallelWith;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps passwords out of what others may read: the query log, the list of queries, errors. */
final class Secrets {
  private static final Pattern SECRET = Pattern.compile("(?i)\\b(identified|password)\\b");
  private static final Pattern POSITION = Pattern.compile("failed at position \\d+");

  private Secrets() {}

  /** The text of a statement, or what can be shown of it. */
  static String hidden(Statement statement, String sql) {
    return switch (statement) {
      case CreateUser u when !u.authentication().isEmpty() ->
          Formatter.formatOneLine(withoutSecrets(u));
      case ExecuteAs e when SECRET.matcher(sql).find() -> "EXECUTE AS " + e.user().fullName();
      case ParallelWith p when SECRET.matcher(sql).find() ->
          String.join(
              " PARALLEL WITH ",
              p.statements().stream().map(s -> hidden(s, Formatter.formatOneLine(s))).toList());
      default -> sql;
    };
  }

  private static CreateUser withoutSecrets(CreateUser u) {
    List<Authentication> methods = new ArrayList<>();
    for (Authentication a : u.authentication()) {
      String method = a.method() == null ? "sha256_password" : a.method();
      methods.add(new Authentication(method, List.of(), a.validUntil()));
    }
    return new CreateUser(
        u.verb(),
        u.names(),
        u.newName(),
        methods,
        u.notIdentified(),
        u.addIdentified(),
        u.resetAuthentication(),
        u.hosts(),
        u.addHosts(),
        u.dropHosts(),
        u.validUntil(),
        u.defaultRoles(),
        u.defaultDatabase(),
        u.grantees(),
        u.settings(),
        u.settingsChange());
  }

  /** The error of a text that could not be parsed; it quotes nothing when there is a password. */
  static LonghouseException hidden(LonghouseException e, QueryRequest request) {
    if (!SECRET.matcher(ByteText.decode(request.sql())).find()) {
      return e;
    }
    Matcher at = POSITION.matcher(String.valueOf(e.getMessage()));
    String where = at.find() ? at.group() : "failed";
    return new LonghouseException(
        ErrorCode.SYNTAX_ERROR,
        "Syntax error: " + where + ". The statement holds a password and is not shown");
  }
}
