package io.longhouse.sql.parser;

import io.longhouse.sql.ast.ExternalDdl;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.SetSettings;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TransactionControl;
import io.longhouse.sql.ast.Use;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;

/** USE, SET, transactions and what else concerns the session. */
final class Sessions {
  private Sessions() {}

  static Statement use(Cursor c) {
    c.expect("USE");
    if (c.at("DATABASE") && !isEnd(c.kind(1))) {
      c.advance();
    }
    return new Use(Names.single(c));
  }

  private static boolean isEnd(TokenKind kind) {
    return kind == TokenKind.END || kind == TokenKind.SEMICOLON;
  }

  static Statement set(Cursor c) {
    c.expect("SET");
    if (c.accept("TRANSACTION SNAPSHOT")) {
      return new TransactionControl(TransactionControl.Action.SET_SNAPSHOT, Literals.unsigned(c));
    }
    if (c.at("ROLE") || c.at("DEFAULT ROLE")) {
      return Grants.setRole(c);
    }
    if (c.accept("TIME ZONE")) {
      c.accept(TokenKind.EQUALS);
      return new SetSettings(
          List.of(new Setting("session_timezone", Literal.of(Literals.string(c)))));
    }
    var settings = new ArrayList<Setting>();
    for (Setting s : Settings.list(c)) {
      settings.add(s.name().startsWith("param_") ? parameter(s) : s);
    }
    return new SetSettings(settings);
  }

  /** The value of a parameter is text, whatever it looks like. */
  private static Setting parameter(Setting s) {
    return s.value() == null || s.value() instanceof Literal.StringLiteral
        ? s
        : new Setting(s.name(), Literal.of(Formatter.formatOneLine(s.value())));
  }

  static Statement begin(Cursor c) {
    c.advance();
    c.expect("TRANSACTION");
    return new TransactionControl(TransactionControl.Action.BEGIN, 0);
  }

  static Statement commit(Cursor c) {
    c.expect("COMMIT");
    return new TransactionControl(TransactionControl.Action.COMMIT, 0);
  }

  static Statement rollback(Cursor c) {
    c.expect("ROLLBACK");
    return new TransactionControl(TransactionControl.Action.ROLLBACK, 0);
  }

  static Statement external(Cursor c) {
    c.expect("EXTERNAL DDL FROM");
    FunctionCall from = Functions.plain(c);
    return new ExternalDdl(from, Statements.parse(c));
  }

  static Statement execute(Cursor c) {
    c.expect("EXECUTE");
    c.expect("AS");
    return Grants.executeAs(c);
  }
}
