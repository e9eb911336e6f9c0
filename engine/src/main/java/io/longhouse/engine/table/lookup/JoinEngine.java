package io.longhouse.engine.table.lookup;

import io.longhouse.engine.statement.SettingText;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code ENGINE = Join(strictness, kind, key, ...)}. */
@Register(
    kind = TableEngine.class,
    name = "Join",
    doc = "Rows in memory that are found by their keys, for the right side of JOIN and joinGet.")
final class JoinEngine implements TableEngine {
  private static final Set<String> STRICTNESS = Set.of("ANY", "ALL", "SEMI", "ANTI");
  private static final Set<String> KINDS = Set.of("LEFT", "INNER", "RIGHT", "FULL");

  @Override
  public Table create(Definition d) {
    StorageClause storage = d.statement().storage();
    FunctionCall engine = storage == null ? null : storage.engine();
    List<Expression> args = engine == null ? List.of() : engine.arguments();
    if (args.size() < 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Storage Join requires at least 3 parameters: Join(ANY|ALL|SEMI|ANTI,"
              + " LEFT|INNER|RIGHT|FULL, keys...).");
    }
    String strictness = word(args.get(0), STRICTNESS, "First", "strictness: ANY|ALL|SEMI|ANTI");
    String kind = word(args.get(1), KINDS, "Second", "kind: LEFT|INNER|RIGHT|FULL");
    List<String> keys = new ArrayList<>();
    for (Expression e : args.subList(2, args.size())) {
      if (!(e.bare() instanceof Identifier i)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Parameter №" + (keys.size() + 3) + " of storage Join don't look like column name.");
      }
      keys.add(i.name());
    }
    boolean last = d.context().settings().isOn("join_any_take_last_row");
    boolean useNulls = !d.attach() && d.context().settings().isOn("join_use_nulls");
    for (Setting s : storage == null ? List.<Setting>of() : storage.settings()) {
      Expression value = s.value();
      if (s.name().equals("join_any_take_last_row") && value != null) {
        last = SettingText.of(value).equals("1");
      } else if (s.name().equals("join_use_nulls") && value != null) {
        useNulls = SettingText.of(value).equals("1");
      }
    }
    var table = new JoinTable(d, strictness, kind, keys, last, useNulls);
    table.load();
    return table;
  }

  private static String word(Expression e, Set<String> allowed, String place, String what) {
    if (e.bare() instanceof Identifier i) {
      String word = i.name().toUpperCase(Locale.ROOT);
      if (allowed.contains(word)) {
        return word;
      }
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        place + " parameter of storage Join must be " + what + " (without quotes).");
  }

  @Override
  public boolean supportsSettings() {
    return true;
  }
}
