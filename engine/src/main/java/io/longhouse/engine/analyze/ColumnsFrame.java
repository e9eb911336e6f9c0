package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Identifier;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where names mean the columns of one table and nothing else: inside a table's definition. */
final class ColumnsFrame extends ConstantFrame {
  private final Function<String, @Nullable Expr> columns;

  ColumnsFrame(Function<String, @Nullable Expr> columns) {
    this.columns = columns;
  }

  static ColumnsFrame of(Header header) {
    return new ColumnsFrame(name -> {
      int at = header.indexOf(name);
      return at < 0 ? null : new Expr.Input(at, header.type(at));
    });
  }

  @Override
  public @Nullable Expr find(Identifier name) {
    List<String> parts = name.parts();
    for (int end = parts.size(); end > 0; end--) {
      Expr column = columns.apply(String.join(".", parts.subList(0, end)));
      if (column != null) {
        return end == parts.size()
            ? column
            : Subcolumns.of(column, parts.subList(end, parts.size()));
      }
    }
    return null;
  }

  @Override
  public String describe() {
    return "the columns of a table";
  }
}
