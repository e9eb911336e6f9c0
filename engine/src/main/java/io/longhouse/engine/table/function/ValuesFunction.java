package io.longhouse.engine.table.function;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.memory.MemoryTable;
import io.longhouse.function.CommonType;
import io.longhouse.function.expr.Expr;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import java.util.ArrayList;
import java.util.List;

/** {@code values(['structure',] row, ...)}: rows that are written down. */
@Register(
    kind = TableFunction.class,
    name = "values",
    aliases = "VALUES",
    caseInsensitive = true,
    doc = "Rows that stand in the query.")
@Register(
    kind = TableFunction.class,
    name = "SQLStandardValues",
    doc = "Rows that stand in the query: FROM (VALUES ...).")
final class ValuesFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function '" + call.name() + "' requires at least 1 argument");
    }
    boolean structured = isStructure(args);
    List<Expr.Constant> rows = new ArrayList<>();
    for (Expression e : structured ? args.subList(1, args.size()) : args) {
      rows.add(arguments.constant(e));
    }
    List<ColumnDefinition> columns =
        structured ? Structure.parse(arguments.text(args.getFirst())) : inferred(rows);
    var table = new MemoryTable(TableId.of("_table_function", call.name()), columns, null);
    table.add(List.of(block(rows, columns, arguments)));
    return table;
  }

  /** A text in front of other values says the structure when it reads as one. */
  private static boolean isStructure(List<Expression> args) {
    return args.size() > 1
        && args.getFirst().bare() instanceof Literal.StringLiteral s
        && Structure.isOne(s.value());
  }

  private static int width(DataType row) {
    return row instanceof TupleType t ? t.elements().size() : 1;
  }

  private static DataType element(Expr.Constant row, int i) {
    return row.type() instanceof TupleType t ? t.elements().get(i) : row.type();
  }

  private static List<ColumnDefinition> inferred(List<Expr.Constant> rows) {
    List<ColumnDefinition> columns = new ArrayList<>();
    int width = width(rows.getFirst().type());
    for (int i = 0; i < width; i++) {
      List<DataType> types = new ArrayList<>();
      for (Expr.Constant r : rows) {
        check(r, width);
        types.add(element(r, i));
      }
      columns.add(ColumnDefinition.of("c" + (i + 1), CommonType.of(types)));
    }
    return columns;
  }

  private static void check(Expr.Constant row, int width) {
    if (width(row.type()) != width) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Values table function requires all rows amount of elements to be the same: " + width);
    }
  }

  private static Block block(
      List<Expr.Constant> rows, List<ColumnDefinition> columns, Arguments arguments) {
    var header =
        new Header(columns.stream().map(c -> new Header.Field(c.name(), c.type())).toList());
    List<ColumnBuilder> builders = header.newBuilders(rows.size());
    for (Expr.Constant row : rows) {
      check(row, columns.size());
      for (int i = 0; i < columns.size(); i++) {
        Column value = row.value().full();
        if (row.type() instanceof TupleType) {
          value = ((TupleColumn) value.plain()).elements().get(i);
        }
        DataType type = columns.get(i).type();
        builders.get(i).append(arguments.cast(value, element(row, i), type), 0);
      }
    }
    return new Block(builders.stream().map(ColumnBuilder::build).toList(), rows.size());
  }
}
