package io.longhouse.function.scalar.tuple;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** {@code t.1} and {@code t.name}; through arrays of tuples as well. */
@Register(
    kind = FunctionFactory.class,
    name = "tupleElement",
    category = "Tuple",
    doc = "The element of a tuple, or of each tuple of an array, at an index from 1 or by name.")
final class TupleElement implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("tupleElement", arguments).between(2, 3);
    DataType inner = s.type(0);
    int depth = 0;
    while (inner instanceof ArrayType a) {
      inner = a.element();
      depth++;
    }
    if (!(inner instanceof TupleType tuple)) {
      throw s.illegal(0, "must be a tuple or an array of tuples");
    }
    int place = place(s, tuple);
    if (place < 0) {
      return Resolved.of(s.type(2), (c, _) -> c[2]);
    }
    DataType result = tuple.elements().get(place);
    for (int i = 0; i < depth; i++) {
      result = new ArrayType(result);
    }
    int arrays = depth;
    return Resolved.of(result, (c, _) -> element(c[0], place, arrays));
  }

  private static Column element(Column c, int place, int arrays) {
    if (c instanceof ConstColumn k) {
      return new ConstColumn(element(k.value(), place, arrays).full(), k.size());
    }
    if (arrays > 0) {
      var a = (ArrayColumn) c;
      return new ArrayColumn(
          a.offsets(), element(Rows.elements(a), place, arrays - 1).full(), a.size());
    }
    return ((TupleColumn) c).elements().get(place);
  }

  /** The element's place, or -1 when the default that was given is the answer. */
  private static int place(Signature s, TupleType tuple) {
    if (Signature.isString(s.type(1))) {
      String name = s.constantText(1);
      int at = tuple.names().indexOf(name);
      if (at < 0
          && name.matches("[0-9]{1,9}")
          && Integer.parseInt(name) >= 1
          && Integer.parseInt(name) <= tuple.elements().size()
          && !tuple.named()) {
        at = Integer.parseInt(name) - 1;
      }
      if (at < 0 && s.size() < 3) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Tuple doesn't have element with name '" + name + "'");
      }
      return at;
    }
    long index = s.constantInteger(1);
    int n = tuple.elements().size();
    long at = index > 0 ? index - 1 : index + n;
    if (index == 0) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "Indices in tuples are 1-based");
    }
    if (at < 0 || at >= n) {
      if (s.size() == 3) {
        return -1;
      }
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "Tuple doesn't have element with index '" + index + "'");
    }
    return (int) at;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean handlesLowCardinality() {
    return true;
  }
}
