package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.ForwardingAggregate;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All elements of arrays as if each were a row. */
@Register(
    kind = Combinator.class,
    name = "Array",
    category = "Combinator",
    doc = "Takes arrays of equal lengths and adds all their elements.")
final class OverArrays implements Combinator {
  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    return elements("Array", arguments);
  }

  /** The element types of arguments that must all be arrays. */
  static List<DataType> elements(String suffix, List<DataType> arguments) {
    if (arguments.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "-" + suffix + " aggregate functions require at least one argument");
    }
    List<DataType> out = new ArrayList<>();
    for (DataType t : arguments) {
      if (!(t instanceof ArrayType a)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Illegal type "
                + t.name()
                + " of argument for aggregate function with "
                + suffix
                + " suffix. Must be array.");
      }
      out.add(a.element());
    }
    return out;
  }

  @Override
  public boolean nests() {
    return true;
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    return new Elements(nested);
  }

  /** The elements of arrays whose lengths must agree; arrays of the whole column are not copied. */
  static Column[] elementColumns(ArrayColumn[] arrays, int rows) {
    Column[] out = new Column[arrays.length];
    int[] first = arrays[0].offsets();
    for (int i = 0; i < arrays.length; i++) {
      int[] o = arrays[i].offsets();
      if (i > 0 && !Arrays.equals(o, 0, rows + 1, first, 0, rows + 1)) {
        throw new LonghouseException(
            ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
            "All arrays must have equal sizes for aggregate functions over arrays");
      }
      out[i] = arrays[i].elements();
    }
    return out;
  }

  static ArrayColumn[] arrays(Column[] arguments) {
    ArrayColumn[] out = new ArrayColumn[arguments.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (ArrayColumn) arguments[i].full();
    }
    return out;
  }

  private static final class Elements extends ForwardingAggregate {
    Elements(AggregateFunction nested) {
      super(nested);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      ArrayColumn[] arrays = arrays(arguments);
      Column[] elements = elementColumns(arrays, rows);
      int[] offsets = arrays[0].offsets();
      int total = offsets[rows];
      int[] repeated = new int[total];
      for (int r = 0; r < rows; r++) {
        Arrays.fill(repeated, offsets[r], offsets[r + 1], groups[r]);
      }
      if (total > 0) {
        nested.add(states, word, slot, repeated, elements, total);
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      ArrayColumn[] arrays = arrays(arguments);
      Column[] elements = elementColumns(arrays, rows);
      int total = arrays[0].offsets()[rows];
      if (total > 0) {
        nested.addToOne(states, word, slot, group, elements, total);
      }
    }
  }
}
