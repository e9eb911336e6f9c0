package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code errorCodeToName(code)}: empty for a code that is none. */
@Register(
    kind = FunctionFactory.class,
    name = "errorCodeToName",
    category = "Other",
    doc = "The name of an error code.")
final class ErrorCodeToName implements FunctionFactory {
  private static final DataType RESULT = new LowCardinalityType(StringType.TYPE);

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("errorCodeToName", arguments, 1);
    if (!(arguments.getFirst().type() instanceof IntegerType t) || t.bytes() > 8) {
      throw Arguments.illegalType("errorCodeToName", arguments.getFirst().type());
    }
    return new Names(t);
  }

  private record Names(IntegerType type) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return RESULT;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Map<String, String> names = new HashMap<>();
      for (ErrorCode c : ErrorCode.values()) {
        names.put(Integer.toString(c.code()), c.name());
      }
      Column codes = arguments[0].full().plain();
      var texts = new StringColumn.Builder(rows);
      for (int i = 0; i < rows; i++) {
        texts.add(ByteText.encode(names.getOrDefault(type.textOf(codes, i), "")));
      }
      Column all = texts.build();
      var out = RESULT.newBuilder(rows);
      out.appendRange(all, 0, rows);
      return out.build();
    }
  }
}
