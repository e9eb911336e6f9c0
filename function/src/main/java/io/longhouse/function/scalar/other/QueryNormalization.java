package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import java.util.List;

/** {@code normalizeQuery}, {@code normalizedQueryHash} and their forms that keep all names. */
@Register(
    kind = FunctionFactory.class,
    name = "normalizeQuery",
    category = "Other",
    doc = "A query with placeholders in place of values and generated names.")
@Register(
    kind = FunctionFactory.class,
    name = "normalizeQueryKeepNames",
    category = "Other",
    doc = "A query with placeholders in place of values.")
@Register(
    kind = FunctionFactory.class,
    name = "normalizedQueryHash",
    category = "Other",
    doc = "A hash that is the same for queries that differ in values and generated names.")
@Register(
    kind = FunctionFactory.class,
    name = "normalizedQueryHashKeepNames",
    category = "Other",
    doc = "A hash that is the same for queries that differ in values.")
final class QueryNormalization implements FunctionFactory {
  private final String name;

  QueryNormalization(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    if (!(arguments.getFirst().type() instanceof StringType)) {
      throw Arguments.illegalType(name, arguments.getFirst().type());
    }
    boolean keepNames = name.endsWith("KeepNames");
    return name.contains("Hash") ? new Hash(keepNames) : new Text(keepNames);
  }

  private record Text(boolean keepNames) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return StringType.TYPE;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = (StringColumn) arguments[0].full().plain();
      var out = new StringColumn.Builder(rows);
      for (int i = 0; i < rows; i++) {
        out.add(ByteText.encode(NormalizedQuery.text(ByteText.decode(in.get(i)), keepNames)));
      }
      return out.build();
    }
  }

  private record Hash(boolean keepNames) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT64;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = (StringColumn) arguments[0].full().plain();
      long[] out = new long[rows];
      for (int i = 0; i < rows; i++) {
        out[i] = NormalizedQuery.hash(ByteText.decode(in.get(i)), keepNames);
      }
      return new Int64Column(out, rows);
    }
  }
}
