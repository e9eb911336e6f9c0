package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.TypeArgument;
import io.longhouse.sql.ast.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * Values of another type that rows with the same key combine by an aggregate function; everything
 * but the name is the other type's.
 */
public final class SimpleAggregateFunctionType extends DataType {
  private final String function;
  private final @Nullable FunctionCall call;
  private final DataType nested;

  /**
   * @param call the function with its parameters, null where it has none
   */
  public SimpleAggregateFunctionType(
      String function, @Nullable FunctionCall call, DataType nested) {
    this.function = function;
    this.call = call;
    this.nested = nested;
  }

  /** The type of the values behind the name, or the type itself. */
  public static DataType strip(DataType type) {
    return type instanceof SimpleAggregateFunctionType s ? s.nested : type;
  }

  /** The name of the aggregate function. */
  public String function() {
    return function;
  }

  /** The function with its parameters, null where it has none. */
  public @Nullable FunctionCall call() {
    return call;
  }

  public DataType nested() {
    return nested;
  }

  @Override
  public String name() {
    return "SimpleAggregateFunction(" + function + ", " + nested.name() + ")";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return nested.newBuilder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return nested.compare(a, i, b, j, nullsDirection);
  }

  @Override
  public boolean hasOrderLongs() {
    return nested.hasOrderLongs();
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    nested.orderLongs(column, from, length, out);
  }

  @Override
  public Column defaultValue() {
    return nested.defaultValue();
  }

  @Override
  public boolean isComparable() {
    return nested.isComparable();
  }

  /** Makes SimpleAggregateFunction(f, T). */
  @Register(kind = TypeFactory.class, name = "SimpleAggregateFunction")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name).count(2);
      return switch (name.args().get(0)) {
        case TypeArgument.Type t ->
            new SimpleAggregateFunctionType(t.type().name(), null, args.type(1));
        case TypeArgument.Function f ->
            new SimpleAggregateFunctionType(f.call().name(), f.call(), args.type(1));
        default ->
            throw new LonghouseException(
                ErrorCode.BAD_ARGUMENTS,
                "Unexpected AST element passed as aggregate function name for data type"
                    + " SimpleAggregateFunction. Must be identifier or function");
      };
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    nested.writeText(column, row, form, settings, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    nested.readText(in, form, settings, out);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    nested.writeBinary(column, row, out);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    nested.readBinary(in, out);
  }
}
