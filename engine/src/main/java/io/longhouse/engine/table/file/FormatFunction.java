package io.longhouse.engine.table.file;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.engine.insert.ConstantExpressions;
import io.longhouse.engine.insert.MissingDefaults;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.function.Structure;
import io.longhouse.engine.table.memory.MemoryTable;
import io.longhouse.format.Formats;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputOptions;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import java.io.ByteArrayInputStream;
import java.util.List;

/** {@code format(name[, structure], data)}: a text read as a format. */
@Register(kind = TableFunction.class, name = "format", doc = "A text that is read as a format.")
final class FormatFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.size() != 2 && args.size() != 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function 'format' requires 2 or 3 arguments: format, [structure], data");
    }
    String format = arguments.text(args.getFirst());
    byte[] data = ByteText.encode(arguments.text(args.getLast()));
    String structure = args.size() == 2 ? "auto" : arguments.text(args.get(1));
    Formats.inputFactory(format);
    List<ColumnDefinition> columns =
        structure.equals("auto")
            ? InferredColumns.of(format, () -> new ByteArrayInputStream(data), arguments.context())
            : Structure.parse(structure);
    var table = new MemoryTable(TableId.of("_table_function", "format"), columns, null);
    fill(table, format, data, arguments);
    return table;
  }

  private static void fill(MemoryTable table, String format, byte[] data, Arguments arguments) {
    var header =
        new Header(
            table.columns().stream()
                .filter(ColumnDefinition::isStored)
                .map(c -> new Header.Field(c.name(), c.type()))
                .toList());
    var analyzer = arguments.context().require(StatementContext.class).analyzer();
    var defaults = new MissingDefaults(header, table.columns(), analyzer);
    InputFormat input =
        Formats.input(
            format,
            header,
            arguments.context().formatSettings(),
            new ByteReader(data),
            InputOptions.DEFAULT.with(new ConstantExpressions(analyzer)));
    for (Block b = input.read(); b != null; b = input.read()) {
      table.add(List.of(defaults.fill(b, input.missing())));
    }
  }
}
