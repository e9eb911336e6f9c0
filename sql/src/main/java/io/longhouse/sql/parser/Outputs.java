package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.OutputClause;
import io.longhouse.sql.ast.Setting;
import java.util.List;

/** {@code INTO OUTFILE ... FORMAT ... SETTINGS ...} behind a statement. */
final class Outputs {
  private Outputs() {}

  static OutputClause parse(Cursor c) {
    if (c.atEnd()) {
      return OutputClause.NONE;
    }
    OutputClause.OutFile file = c.accept("INTO OUTFILE") ? outFile(c) : null;
    List<Setting> settings = c.accept("SETTINGS") ? Settings.list(c) : List.of();
    String format = c.accept("FORMAT") ? Names.identifier(c) : null;
    if (settings.isEmpty() && c.accept("SETTINGS")) {
      settings = Settings.list(c);
    }
    return new OutputClause(file, format, settings);
  }

  private static OutputClause.OutFile outFile(Cursor c) {
    Expression path = Literal.of(Literals.string(c));
    boolean append = false;
    boolean truncate = false;
    boolean stdout = false;
    while (true) {
      if (!append && c.accept("APPEND")) {
        append = true;
      } else if (!truncate && c.accept("TRUNCATE")) {
        truncate = true;
      } else if (!stdout && c.accept("AND STDOUT")) {
        stdout = true;
      } else {
        break;
      }
    }
    Expression compression = null;
    Expression level = null;
    if (c.accept("COMPRESSION")) {
      compression = Literal.of(Literals.string(c));
      level = c.accept("LEVEL") ? Literals.number(c) : null;
    }
    return new OutputClause.OutFile(path, append, truncate, stdout, compression, level);
  }
}
