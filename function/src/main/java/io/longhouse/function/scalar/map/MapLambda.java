package io.longhouse.function.scalar.map;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.Lambda;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.Picker;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** A lambda of key and value over the entries of a map. */
@Register(
    kind = FunctionFactory.class,
    name = "mapApply",
    category = "Map",
    doc = "The map whose entries are the pairs that a lambda gives for the entries.")
@Register(
    kind = FunctionFactory.class,
    name = "mapFilter",
    category = "Map",
    doc = "The entries for which a condition holds.")
@Register(
    kind = FunctionFactory.class,
    name = "mapExists",
    category = "Map",
    doc = "Whether a condition holds for any entry.")
@Register(
    kind = FunctionFactory.class,
    name = "mapAll",
    category = "Map",
    doc = "Whether a condition holds for every entry.")
final class MapLambda implements HigherOrderFactory {
  private final String name;

  MapLambda(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    throw new LonghouseException(
        arguments.size() < 2
            ? ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH
            : ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "First argument for function " + name + " must be a function");
  }

  @Override
  public List<DataType> lambdaParameters(List<Argument> arguments, int parameterCount) {
    MapType m = new Signature(name, arguments).count(1).map(0);
    return List.of(m.key(), m.value());
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    var map = (MapType) arguments.get(0).type();
    if (name.equals("mapApply")) {
      if (!(lambdaResult instanceof TupleType t) || t.elements().size() != 2) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Expected return type is tuple of two elements, got " + lambdaResult.name());
      }
      return new OverEntries(
          name, new MapType(MapLiteral.checkedKey(t.elements().get(0)), t.elements().get(1)), map);
    }
    DataType t = NullableType.strip(LowCardinalityType.strip(lambdaResult));
    if (!t.equals(IntegerType.UINT8) && !(t instanceof BoolType) && !(t instanceof NothingType)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Expression for function "
              + name
              + " must return UInt8 or Nullable(UInt8), found "
              + lambdaResult.name());
    }
    return new OverEntries(name, name.equals("mapFilter") ? map : IntegerType.UINT8, map);
  }

  private record OverEntries(String name, DataType resultType, MapType map)
      implements HigherOrderFunction {
    @Override
    public Column evaluate(Lambda lambda, Column[] arguments, int rows) {
      Maps m = Maps.of(arguments[0]);
      int n = m.entries();
      int[] outer = new ArrayColumn(m.offsets(), m.keys(), rows).elementRows();
      Column results = lambda.apply(new Column[] {m.keys(), m.values()}, outer, n).full();
      if (name.equals("mapApply")) {
        var pairs = (TupleColumn) results;
        return Maps.column(m.offsets(), pairs.elements().get(0), pairs.elements().get(1), rows);
      }
      byte[] holds = holds(results, n);
      return name.equals("mapFilter")
          ? filtered(m, holds, rows)
          : flags(m.offsets(), holds, name.equals("mapAll"), rows);
    }

    private static byte[] holds(Column condition, int n) {
      Column c = condition.plain();
      if (!(c instanceof NullableColumn nullable)) {
        return ((Int8Column) c).values();
      }
      byte[] values = ((Int8Column) nullable.values()).values();
      byte[] out = new byte[n];
      for (int i = 0; i < n; i++) {
        out[i] = nullable.nulls()[i] != 0 ? 0 : values[i];
      }
      return out;
    }

    private Column filtered(Maps m, byte[] holds, int rows) {
      var picker = new Picker(rows, m.entries());
      for (int r = 0; r < rows; r++) {
        for (int i = m.offsets()[r]; i < m.offsets()[r + 1]; i++) {
          if (holds[i] != 0) {
            picker.pick(i);
          }
        }
        picker.endRow();
      }
      Column entries = Maps.column(m.offsets(), m.keys(), m.values(), rows).elements();
      return picker.build(entries, map.entries().element());
    }

    private static Column flags(int[] offsets, byte[] holds, boolean all, int rows) {
      byte[] out = new byte[rows];
      for (int r = 0; r < rows; r++) {
        int count = 0;
        for (int i = offsets[r]; i < offsets[r + 1]; i++) {
          count += holds[i] != 0 ? 1 : 0;
        }
        boolean yes = all ? count == offsets[r + 1] - offsets[r] : count > 0;
        out[r] = (byte) (yes ? 1 : 0);
      }
      return new Int8Column(out, rows);
    }
  }
}
