package io.longhouse.function.scalar.conditional;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Replaces the values of one list by those of another. */
@Register(
    kind = FunctionFactory.class,
    name = "transform",
    category = "Other",
    doc = "The value that stands in the second list where the argument stands in the first.")
final class Transform implements FunctionFactory {
  @Override
  public boolean handlesNulls() {
    return true;
  }

  private static LonghouseException signature() {
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Function transform has signature: transform(T, Array(T), Array(U), U) -> U; or"
            + " transform(T, Array(T), Array(T)) -> T; where T and U are types");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("transform", arguments, 3, 4);
    DataType x = LowCardinalityType.strip(arguments.get(0).type());
    if (!(arguments.get(1).type() instanceof ArrayType from)
        || !(arguments.get(2).type() instanceof ArrayType to)) {
      throw signature();
    }
    Column keys = constant(arguments.get(1), "Second");
    Column values = constant(arguments.get(2), "Third");
    var keyArray = (ArrayColumn) keys;
    var valueArray = (ArrayColumn) values;
    if (keyArray.lengthAt(0) != valueArray.lengthAt(0)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Second and third arguments of function transform must be arrays of same size");
    }
    boolean hasDefault = arguments.size() == 4;
    DataType other = hasDefault ? LowCardinalityType.strip(arguments.get(3).type()) : x;
    DataType result = CommonType.find(List.of(to.element(), other));
    DataType key = CommonType.find(List.of(x, from.element()));
    if (result == null || key == null) {
      throw signature();
    }
    int n = keyArray.lengthAt(0);
    Column keyElements =
        Casts.of(from.element(), key, context).apply(keyArray.elements().slice(0, n), n).full();
    Column valueElements =
        Casts.of(to.element(), result, context).apply(valueArray.elements().slice(0, n), n).full();
    return new Call(
        result,
        Casts.of(x, key, context),
        Casts.of(other, result, context),
        hasDefault ? 3 : 0,
        valueElements,
        new Table(keyElements, n));
  }

  private static Column constant(Argument a, String which) {
    Column c = a.constant();
    if (c == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN,
          which + " argument of function transform must be a constant array");
    }
    return c.full();
  }

  private record Call(
      DataType resultType, Cast toKey, Cast toResult, int otherArgument, Column values, Table table)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column keys = toKey.apply(arguments[0], rows);
      Column other = toResult.apply(arguments[otherArgument], rows).full();
      if (NullableType.strip(resultType) instanceof NothingType) {
        return other;
      }
      int n = values.size();
      var all = resultType.newBuilder(n + rows);
      all.appendRange(values, 0, n);
      all.appendRange(other, 0, rows);
      int[] from = new int[rows];
      boolean constant = keys instanceof ConstColumn;
      Column k = keys instanceof ConstColumn c ? c.value().full() : keys.full();
      var scratch = new ByteWriter(32);
      for (int r = 0; r < rows; r++) {
        int found = table.find(k, constant ? 0 : r, scratch);
        from[r] = found >= 0 ? found : n + r;
      }
      return all.build().gather(from, rows);
    }
  }

  /** Places of values by their bytes: open addressing, at most half full, never changed. */
  private static final class Table {
    private final byte[][] keys;
    private final int[] slots;

    Table(Column column, int n) {
      keys = new byte[n][];
      slots = new int[Integer.highestOneBit(Math.max(4, n * 4))];
      Arrays.fill(slots, -1);
      var scratch = new ByteWriter(32);
      for (int i = 0; i < n; i++) {
        if (find(column, i, scratch) >= 0) {
          continue;
        }
        keys[i] = scratch.toByteArray();
        int s = start(scratch);
        while (slots[s] >= 0) {
          s = s + 1 & slots.length - 1;
        }
        slots[s] = i;
      }
    }

    private int start(ByteWriter bytes) {
      return (int) (ValueBytes.hash(bytes.buffer(), 0, bytes.position()) >>> 32) & slots.length - 1;
    }

    int find(Column column, int row, ByteWriter scratch) {
      scratch.reset();
      ValueBytes.writeDelimited(column, row, scratch);
      for (int s = start(scratch); slots[s] >= 0; s = s + 1 & slots.length - 1) {
        byte[] key = keys[slots[s]];
        if (Arrays.equals(key, 0, key.length, scratch.buffer(), 0, scratch.position())) {
          return slots[s];
        }
      }
      return -1;
    }
  }
}
