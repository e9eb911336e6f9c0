package io.longhouse.sql.format;

import io.longhouse.sql.ast.ExternalDdl;
import io.longhouse.sql.ast.SessionStatement;
import io.longhouse.sql.ast.SetSettings;
import io.longhouse.sql.ast.TransactionControl;
import io.longhouse.sql.ast.Use;

/** The text of what concerns the session. */
final class Sessions {
  private Sessions() {}

  static void print(Out out, SessionStatement statement) {
    switch (statement) {
      case Use u -> Expressions.identifier(out.add("USE "), u.database());
      case SetSettings s -> Settings.print(out.add("SET "), s.settings());
      case TransactionControl t -> {
        switch (t.action()) {
          case BEGIN -> out.add("BEGIN TRANSACTION");
          case COMMIT -> out.add("COMMIT");
          case ROLLBACK -> out.add("ROLLBACK");
          case SET_SNAPSHOT -> out.add("SET TRANSACTION SNAPSHOT ").add(t.snapshot());
        }
      }
      case ExternalDdl e -> {
        Expressions.print(out.add("EXTERNAL DDL FROM "), e.from());
        Statements.print(out.add(' '), e.ddl());
      }
    }
  }
}
