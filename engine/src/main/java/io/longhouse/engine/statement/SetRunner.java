package io.longhouse.engine.statement;

import io.longhouse.engine.settings.Settings;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.SetSettings;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;

/** {@code SET name = value, ...}: all of them or, when one is wrong, none. */
@Register(kind = StatementRunner.class, name = "SetSettings")
final class SetRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    Settings checked = context.session().settings().copy();
    for (Setting s : ((SetSettings) statement).settings()) {
      apply(s, checked);
    }
    for (Setting s : ((SetSettings) statement).settings()) {
      apply(s, context.session().settings());
      if (s.name().startsWith("param_") && s.value() != null) {
        context.session().parameters().put(s.name().substring(6), SettingText.of(s.value()));
      }
    }
    return StatementResult.DONE;
  }

  private static void apply(Setting s, Settings settings) {
    if (s.name().startsWith("param_")) {
      return;
    }
    Expression value = s.value();
    if (value == null) {
      settings.reset(s.name());
    } else {
      settings.set(s.name(), SettingText.of(s.name(), value));
    }
  }
}
