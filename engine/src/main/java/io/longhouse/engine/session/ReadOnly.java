package io.longhouse.engine.session;

import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.SetRole;
import io.longhouse.sql.ast.SetSettings;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.ShowStatement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.Use;
import java.util.Set;

/** What {@code readonly} and {@code allow_ddl} leave: 1 only reads, 2 also changes settings. */
final class ReadOnly {
  private ReadOnly() {}

  /**
   * @throws LonghouseException READONLY (164) or QUERY_IS_PROHIBITED (392)
   */
  static void check(
      Statement statement, LocalSession session, QueryRequest request, Settings settings) {
    long before = session.settings().number("readonly");
    InitialQuery initial = request.initial();
    boolean fixed = before == 1 && (initial == null || !initial.secondary());
    for (String name : fixed ? request.settings().keySet() : Set.<String>of()) {
      boolean may =
          session.access().constraints().isChangeableInReadonly(name)
              || request.settings().size() == 1 && name.equals("readonly");
      if (!may) {
        throw new LonghouseException(
            ErrorCode.READONLY, "Cannot modify '" + name + "' setting in readonly mode");
      }
    }
    long mode = settings.number("readonly");
    if (mode == 0) {
      return;
    }
    switch (statement) {
      case Query _, ShowStatement _, Use _ -> {}
      case SetSettings s -> checkSet(s, mode, session);
      case SetRole s when s.kind() != SetRole.Kind.SET_DEFAULT_ROLE -> {}
      case CreateTable c when c.head().temporary() && mode == 2 -> {}
      case Insert i when isTemporary(i, session) && mode == 2 -> {}
      case Drop d when mode == 2 && d.temporary() -> {}
      default ->
          throw new LonghouseException(
              ErrorCode.READONLY, session.user() + ": Cannot execute query in readonly mode");
    }
  }

  /** A session's own tables are no part of what is to stay as it is. */
  private static boolean isTemporary(Insert i, LocalSession session) {
    return i.target() instanceof Insert.Table t
        && t.name().parts().size() == 1
        && session.temporaryTables().find(t.name().name()) != null;
  }

  private static void checkSet(SetSettings s, long mode, LocalSession session) {
    for (Setting x : s.settings()) {
      boolean may = session.access().constraints().isChangeableInReadonly(x.name());
      if (mode == 1 && !may || x.name().equals("readonly")) {
        throw new LonghouseException(
            ErrorCode.READONLY, "Cannot modify '" + x.name() + "' setting in readonly mode");
      }
    }
  }
}
