package io.longhouse.function.aggregate.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TypeFactory;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;
import java.util.Set;

/**
 * Values of which AggregatingMergeTree keeps one for a key, chosen or computed by a function that is
 * its own merge. Everything but the name is the value type's.
 */
public final class SimpleAggregateFunctionType extends DataType {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "any",
          "anyLast",
          "min",
          "max",
          "sum",
          "sumWithOverflow",
          "groupBitAnd",
          "groupBitOr",
          "groupBitXor",
          "sumMap",
          "minMap",
          "maxMap",
          "groupArrayArray",
          "groupArrayLastArray",
          "groupUniqArrayArray",
          "groupUniqArrayArrayMap",
          "sumMappedArrays",
          "minMappedArrays",
          "maxMappedArrays",
          "first_value_respect_nulls",
          "last_value_respect_nulls",
          "any_respect_nulls",
          "anyLast_respect_nulls");

  private final Signature signature;
  private final DataType value;
  private final String name;

  public SimpleAggregateFunctionType(Signature signature, DataType value) {
    if (!FUNCTIONS.contains(signature.name())) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Unsupported aggregate function "
              + signature.name()
              + ", supported functions are "
              + String.join(",", new java.util.TreeSet<>(FUNCTIONS)));
    }
    this.signature = signature;
    this.value = value;
    this.name =
        "SimpleAggregateFunction("
            + SignatureNames.text(
                new Signature(
                    signature.name(), signature.parameters(), java.util.List.of(value)))
            + ")";
  }

  /** The function with its parameters; its argument is the value type. */
  public Signature signature() {
    return signature;
  }

  /** The type of the values. */
  public DataType value() {
    return value;
  }

  /** The type of the values, or the type itself where it is another one. */
  public static DataType strip(DataType type) {
    return type instanceof SimpleAggregateFunctionType s ? s.value : type;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return value.newBuilder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return value.compare(a, i, b, j, nullsDirection);
  }

  @Override
  public boolean hasOrderLongs() {
    return value.hasOrderLongs();
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    value.orderLongs(column, from, length, out);
  }

  @Override
  public Column defaultValue() {
    return value.defaultValue();
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  @Override
  public boolean isComparable() {
    return value.isComparable();
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    value.writeText(column, row, form, settings, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    value.readText(in, form, settings, out);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    value.writeBinary(column, row, out);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    value.readBinary(in, out);
  }

  /** Makes SimpleAggregateFunction(f, T). */
  @Register(kind = TypeFactory.class, name = "SimpleAggregateFunction")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      Signature s = SignatureNames.parse(name);
      if (s.arguments().isEmpty()) {
        throw new LonghouseException(
            ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
            "Data type SimpleAggregateFunction requires parameters: name of aggregate function and"
                + " a data type");
      }
      var canonical =
          new Signature(Aggregates.canonicalName(s.name()), s.parameters(), s.arguments());
      Aggregates.resolve(s.name(), s.parameters(), s.arguments());
      return new SimpleAggregateFunctionType(canonical, s.arguments().get(0));
    }
  }
}
