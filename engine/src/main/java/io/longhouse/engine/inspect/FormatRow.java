package io.longhouse.engine.inspect;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringType;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputFormat;
import io.longhouse.format.OutputFormatFactory;
import io.longhouse.format.OutputStatistics;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code formatRow(format, x, y, ...)}: each row as a result of its own. */
@Register(
    kind = FunctionFactory.class,
    name = "formatRow",
    category = "Type Conversion",
    doc = "The arguments of a row in an output format.")
@Register(
    kind = FunctionFactory.class,
    name = "formatRowNoNewline",
    category = "Type Conversion",
    doc = "The arguments of a row in an output format, without a line break at the end.")
final class FormatRow implements FunctionFactory {
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(JSON(?!Compact(Strings)?EachRow$)|TSKV|XML|Vertical|Markdown|SQLInsert).*|.*WithNames.*");

  private final String name;

  FormatRow(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean handlesLowCardinality() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (arguments.size() < 2) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Function "
              + name
              + " requires at least two arguments: the format name and its output"
              + " expression(s)");
    }
    String format = Arguments.text(name, arguments, 0, "First argument");
    OutputFormatFactory factory = Formats.outputFactory(format);
    if (format.startsWith("Pretty") || format.equals("Native") || format.equals("Null")) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Cannot turn rows into a "
              + format
              + " format strings. "
              + name
              + " function supports only row output formats");
    }
    if (NAMED.matcher(format).matches()) {
      // The names of the arguments are not known here.
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          name + " in a format that writes the names of columns is not implemented");
    }
    List<Header.Field> fields = new ArrayList<>();
    for (int i = 1; i < arguments.size(); i++) {
      fields.add(new Header.Field("c" + i, arguments.get(i).type()));
    }
    return new Rows(
        factory, new Header(fields), context.formatSettings(), name.endsWith("NoNewline"));
  }

  private record Rows(
      OutputFormatFactory factory, Header header, FormatSettings settings, boolean noNewline)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return StringType.TYPE;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column[] values = new Column[arguments.length - 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments[i + 1].full();
      }
      var all = new Block(values, rows);
      var out = new StringColumn.Builder(rows);
      var bytes = new ByteWriter(256);
      for (int i = 0; i < rows; i++) {
        bytes.reset();
        OutputFormat format = factory.create(header, settings, bytes);
        format.begin();
        format.write(all.slice(i, 1));
        format.finish(OutputStatistics.NONE);
        int length = bytes.position();
        boolean cut = noNewline && length > 0 && bytes.buffer()[length - 1] == '\n';
        out.add(bytes.buffer(), 0, cut ? length - 1 : length);
      }
      return out.build();
    }
  }
}
