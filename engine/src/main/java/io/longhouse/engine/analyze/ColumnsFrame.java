package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Identifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where names mean the columns of one header and nothing else: inside a table's definition. */
final class ColumnsFrame extends ConstantFrame {
  private final Header columns;

  ColumnsFrame(Header columns) {
    this.columns = columns;
  }

  @Override
  public @Nullable Expr find(Identifier name) {
    List<String> parts = name.parts();
    for (int end = parts.size(); end > 0; end--) {
      int at = columns.indexOf(String.join(".", parts.subList(0, end)));
      if (at >= 0) {
        Expr column = new Expr.Input(at, columns.type(at));
        return end == parts.size()
            ? column
            : Subcolumns.of(column, parts.subList(end, parts.size()));
      }
    }
    return null;
  }

  @Override
  public String describe() {
    return "columns " + columns.fields().stream().map(Header.Field::name).toList();
  }
}
