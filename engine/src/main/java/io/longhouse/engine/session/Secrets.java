package io.longhouse.engine.session;

import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Authentication;
import io.longhouse.sql.ast.CreateUser;
import io.longhouse.sql.ast.ExecuteAs;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.ParallelWith;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps passwords out of what others may read: the query log, the list of queries, errors. */
public final class Secrets {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)\\b(identified|password)\\b|\\bby\\s*'|\\b(create|alter)\\s+(or\\s+replace\\s+)?user\\b");
  private static final Pattern POSITION = Pattern.compile("failed at position \\d+");

  private Secrets() {}

  /** The text of a statement, or what can be shown of it. */
  public static String hidden(Statement statement, String sql) {
    Statement shown = without(statement);
    if (shown != statement) {
      return SecretText.masked(Formatter.formatOneLine(shown));
    }
    int data = statement instanceof Insert i ? i.dataOffset() : -1;
    return data < 0
        ? SecretText.masked(sql)
        : SecretText.masked(sql.substring(0, Math.min(data, sql.length())))
            + sql.substring(Math.min(data, sql.length()));
  }

  /** The statement without passwords; itself when there are none. */
  static Statement without(@Nullable Statement statement) {
    return switch (statement) {
      case CreateUser u when !u.authentication().isEmpty() -> withoutSecrets(u);
      case ExecuteAs e when e.statement() != null -> {
        Statement inner = without(e.statement());
        yield inner == e.statement() ? e : new ExecuteAs(e.user(), inner);
      }
      case Explain e when e.statement() != null -> {
        Statement inner = without(e.statement());
        yield inner == e.statement()
            ? e
            : new Explain(e.kind(), e.settings(), inner, e.tableFunction(), e.override());
      }
      case ParallelWith p -> {
        List<Statement> inner = p.statements().stream().map(Secrets::without).toList();
        yield inner.equals(p.statements()) ? p : new ParallelWith(inner);
      }
      case null -> throw new IllegalArgumentException();
      default -> statement;
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
    String sql = ByteText.decode(request.sql());
    if (!mayHoldPassword(sql)) {
      return e;
    }
    Matcher at = POSITION.matcher(String.valueOf(e.getMessage()));
    String where = at.find() ? at.group() : "failed";
    return new LonghouseException(
        ErrorCode.SYNTAX_ERROR,
        "Syntax error: " + where + ". The statement holds a password and is not shown");
  }

  /** What can be shown of a text that is no statement, so that one cannot tell what is secret. */
  static String unread(QueryRequest request) {
    String sql = ByteText.decode(request.sql());
    return mayHoldPassword(sql) ? "(not a statement, and may hold a password)" : sql;
  }

  private static boolean mayHoldPassword(String sql) {
    return SECRET.matcher(sql).find() || !SecretText.masked(sql).equals(sql);
  }
}
