package io.longhouse.engine.inspect;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.List;

/** {@code formatQuery(text)} and its variants. */
@Register(
    kind = FunctionFactory.class,
    name = "formatQuery",
    category = "Other",
    doc = "A statement in the form in which the server writes it.")
@Register(
    kind = FunctionFactory.class,
    name = "formatQueryOrNull",
    category = "Other",
    doc = "A statement in the form in which the server writes it, NULL for what is none.")
@Register(
    kind = FunctionFactory.class,
    name = "formatQuerySingleLine",
    category = "Other",
    doc = "A statement on one line.")
@Register(
    kind = FunctionFactory.class,
    name = "formatQuerySingleLineOrNull",
    category = "Other",
    doc = "A statement on one line, NULL for what is none.")
final class FormatQuery implements FunctionFactory {
  private final String name;

  FormatQuery(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    if (!(arguments.getFirst().type() instanceof StringType)) {
      throw Arguments.illegalType(name, arguments.getFirst().type());
    }
    return new Formatted(name.contains("SingleLine"), name.endsWith("OrNull"));
  }

  private record Formatted(boolean oneLine, boolean orNull) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return orNull ? NullableType.orSame(StringType.TYPE) : StringType.TYPE;
    }

    @Override
    public boolean mayThrow() {
      return !orNull;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var texts = (StringColumn) arguments[0].full().plain();
      var out = new StringColumn.Builder(rows);
      byte[] nulls = new byte[rows];
      for (int i = 0; i < rows; i++) {
        try {
          Statement s = Parser.parseStatement(ByteText.decode(texts.get(i))).statement();
          out.add(ByteText.encode(oneLine ? Formatter.formatOneLine(s) : Formatter.format(s)));
        } catch (LonghouseException e) {
          if (!orNull) {
            throw e;
          }
          nulls[i] = 1;
          out.appendDefault(1);
        }
      }
      return orNull ? new NullableColumn(out.build(), nulls) : out.build();
    }
  }
}
