package io.longhouse.engine.statement;

import io.longhouse.registry.Register;
import io.longhouse.sql.ast.ShowFunctions;
import io.longhouse.sql.ast.ShowSetting;
import io.longhouse.sql.ast.Statement;

/** The SHOW statements that are one system table each. */
@Register(kind = StatementRunner.class, name = "ShowProcesslist")
@Register(kind = StatementRunner.class, name = "ShowEngines")
@Register(kind = StatementRunner.class, name = "ShowFunctions")
@Register(kind = StatementRunner.class, name = "ShowPrivileges")
@Register(kind = StatementRunner.class, name = "ShowSetting")
final class ShowListRunner implements StatementRunner {
  private final String name;

  ShowListRunner(String name) {
    this.name = name;
  }

  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    String sql =
        switch (name) {
          case "ShowProcesslist" -> "SELECT * FROM system.processes ORDER BY elapsed DESC";
          case "ShowEngines" -> "SELECT * FROM system.table_engines ORDER BY name";
          case "ShowPrivileges" -> "SELECT * FROM system.privileges";
          case "ShowFunctions" ->
              "SELECT * FROM system.functions WHERE 1"
                  + SystemQueries.like("name", ((ShowFunctions) statement).pattern());
          default -> setting(((ShowSetting) statement).name());
        };
    return SystemQueries.run(sql, context);
  }

  private static String setting(String setting) {
    return "SELECT value FROM system.settings WHERE name = " + SystemQueries.string(setting);
  }
}
