package io.longhouse.engine.analyze;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.engine.exec.SizeLimit;
import io.longhouse.engine.exec.group.GroupTable;
import io.longhouse.engine.plan.shards.KnownSet;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.InFunction;
import io.longhouse.function.ScalarFunction;
import java.util.List;

/**
 * {@code x IN (...)}: membership in a set that is complete. NULLs are in no set unless the set was
 * made for them.
 */
final class SetMembership implements InFunction, KnownSet {
  private final Column[] elements;
  private final GroupTable table;
  private final boolean negated;
  private final boolean nulls;
  private final List<DataType> types;

  /**
   * @param types of the elements, one for each part of the key
   * @param elements distinct or not; without NULLs if not {@code nulls}
   * @param nulls whether NULL is a value that can be in the set; types are Nullable then where they
   *     can be
   */
  SetMembership(List<DataType> types, Column[] elements, boolean negated, boolean nulls) {
    this.types = List.copyOf(types);
    this.nulls = nulls;
    this.elements = elements;
    this.table = GroupTable.of(types);
    this.negated = negated;
    int rows = elements[0].size();
    table.groups(elements, rows, new int[rows]);
  }

  void check(SizeLimit limit) {
    if (!limit.stops()) {
      limit.isReached(table.size(), table.retainedBytes());
    }
  }

  /** The function as a factory, so that NULLs and dictionaries on the left are taken care of. */
  FunctionFactory factory() {
    return new FunctionFactory() {
      @Override
      public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
        return nulls ? new AmongNulls() : SetMembership.this;
      }

      @Override
      public boolean handlesNulls() {
        return nulls;
      }
    };
  }

  /** The types that keys of a left side must have, without Nullable. */
  static List<DataType> keyTypes(DataType left) {
    if (left instanceof TupleType t) {
      return t.elements().stream().map(e -> NullableType.strip(strip(e))).toList();
    }
    return List.of(NullableType.strip(strip(left)));
  }

  private static DataType strip(DataType t) {
    return io.longhouse.column.type.LowCardinalityType.strip(t);
  }

  @Override
  public Column[] setElements() {
    return elements;
  }

  @Override
  public boolean isNegated() {
    return negated;
  }

  @Override
  public List<DataType> elementTypes() {
    return types;
  }

  @Override
  public Column[] allElements() {
    return elements;
  }

  @Override
  public boolean hasNulls() {
    return nulls;
  }

  @Override
  public DataType resultType() {
    return IntegerType.UINT8;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    if (arguments[0] instanceof ConstColumn c && rows != 1) {
      return new ConstColumn(evaluate(new Column[] {c.value()}, 1), rows);
    }
    Column left = arguments[0].plain();
    byte[] result = new byte[rows];
    Column[] keys = left instanceof TupleColumn t ? parts(t) : new Column[] {left};
    if (this.nulls) {
      return evaluateWithNulls(left, keys, rows);
    }
    boolean[] nulls = new boolean[0];
    for (int k = 0; k < keys.length; k++) {
      if (keys[k] instanceof NullableColumn n) {
        nulls = nulls.length == 0 ? new boolean[rows] : nulls;
        for (int i = 0; i < rows; i++) {
          nulls[i] |= n.nulls()[i] != 0;
        }
        keys[k] = n.values();
      }
    }
    int[] found = new int[rows];
    table.find(keys, rows, found);
    for (int i = 0; i < rows; i++) {
      boolean in = found[i] >= 0 && (nulls.length == 0 || !nulls[i]);
      result[i] = (byte) (in != negated ? 1 : 0);
    }
    return new Int8Column(result, rows);
  }

  /** Indexes take the elements of a set for values without NULL, so this one shows none. */
  private final class AmongNulls implements KnownSet {
    @Override
    public List<DataType> elementTypes() {
      return types;
    }

    @Override
    public Column[] allElements() {
      return elements;
    }

    @Override
    public boolean isNegated() {
      return negated;
    }

    @Override
    public boolean hasNulls() {
      return true;
    }

    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return SetMembership.this.evaluate(arguments, rows);
    }
  }

  private Column evaluateWithNulls(Column left, Column[] written, int rows) {
    Column[] keys =
        left instanceof NullableColumn n && n.values() instanceof TupleColumn t
            ? parts(t)
            : written;
    for (int k = 0; k < keys.length; k++) {
      keys[k] = nullable(types.get(k), keys[k]);
    }
    int[] found = new int[rows];
    table.find(keys, rows, found);
    byte[] result = new byte[rows];
    for (int i = 0; i < rows; i++) {
      result[i] = (byte) (found[i] >= 0 != negated ? 1 : 0);
    }
    return new Int8Column(result, rows);
  }

  /** The column as a Nullable one if the type is. */
  static Column nullable(DataType type, Column c) {
    Column plain = c.plain().full();
    return type instanceof NullableType && !(plain instanceof NullableColumn)
        ? new NullableColumn(plain, new byte[plain.size()])
        : plain;
  }

  private static Column[] parts(TupleColumn t) {
    return t.elements().stream().map(Column::plain).toArray(Column[]::new);
  }
}
