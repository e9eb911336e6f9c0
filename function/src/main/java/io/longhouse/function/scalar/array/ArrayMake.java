package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int32Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.IntegerType;
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

/** Arrays out of nothing, of one value, or of another array's length. */
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayUInt8",
    category = "Array",
    doc = "An empty Array(UInt8).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayUInt16",
    category = "Array",
    doc = "An empty Array(UInt16).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayUInt32",
    category = "Array",
    doc = "An empty Array(UInt32).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayUInt64",
    category = "Array",
    doc = "An empty Array(UInt64).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayInt8",
    category = "Array",
    doc = "An empty Array(Int8).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayInt16",
    category = "Array",
    doc = "An empty Array(Int16).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayInt32",
    category = "Array",
    doc = "An empty Array(Int32).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayInt64",
    category = "Array",
    doc = "An empty Array(Int64).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayFloat32",
    category = "Array",
    doc = "An empty Array(Float32).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayFloat64",
    category = "Array",
    doc = "An empty Array(Float64).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayString",
    category = "Array",
    doc = "An empty Array(String).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayDate",
    category = "Array",
    doc = "An empty Array(Date).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayDateTime",
    category = "Array",
    doc = "An empty Array(DateTime).")
@Register(
    kind = FunctionFactory.class,
    name = "emptyArrayToSingle",
    category = "Array",
    doc = "The array, or one default value where it is empty.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayWithConstant",
    category = "Array",
    doc = "An array of a length with the same value everywhere.")
@Register(
    kind = FunctionFactory.class,
    name = "replicate",
    category = "Array",
    doc = "An array of the first argument, as long as the arrays behind it.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayEnumerate",
    category = "Array",
    doc = "The numbers from 1 to the array's length.")
final class ArrayMake implements FunctionFactory {
  private static final long SIZE_MAX = 1 << 30;

  private final String name;

  ArrayMake(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    return switch (name) {
      case "emptyArrayToSingle" -> toSingle(s.count(1));
      case "arrayWithConstant" -> withConstant(s.count(2));
      case "replicate" -> replicate(s.atLeast(2));
      case "arrayEnumerate" -> enumerate(s.count(1));
      default -> {
        s.count(0);
        DataType t = new ArrayType(DataTypes.parse(name.substring("emptyArray".length())));
        yield Resolved.of(t, (_, rows) -> t.defaults(rows));
      }
    };
  }

  private static ScalarFunction toSingle(Signature s) {
    DataType element = s.array(0).element();
    return Resolved.of(
        s.type(0),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          int[] o = a.offsets();
          var picker = new Picker(rows, o[rows] + rows);
          for (int r = 0; r < rows; r++) {
            if (o[r] == o[r + 1]) {
              picker.pick(Picker.DEFAULT);
            } else {
              picker.pickRange(o[r], o[r + 1]);
            }
            picker.endRow();
          }
          return picker.build(Rows.elements(a), element);
        });
  }

  private ScalarFunction withConstant(Signature s) {
    boolean signed = s.integer(0).signed();
    return Resolved.throwing(
        new ArrayType(s.type(1)),
        (c, rows) -> {
          long[] sizes = Rows.longs(c[0], signed);
          int sizeMask = Rows.mask(c[0]);
          Column value = c[1] instanceof ConstColumn k ? k.value() : c[1];
          int valueMask = Rows.mask(c[1]);
          var picker = new Picker(rows, rows);
          for (int r = 0; r < rows; r++) {
            long n = sizes[r & sizeMask];
            if (n < 0 && signed) {
              throw new LonghouseException(
                  ErrorCode.TOO_LARGE_ARRAY_SIZE, "Array size " + n + " cannot be negative");
            }
            if (n > SIZE_MAX || n < 0) {
              throw new LonghouseException(
                  ErrorCode.TOO_LARGE_ARRAY_SIZE,
                  "Array size " + Long.toUnsignedString(n) + " is too large");
            }
            picker.repeat(r & valueMask, (int) n);
            picker.endRow();
          }
          return picker.build(value, s.type(1));
        });
  }

  private ScalarFunction replicate(Signature s) {
    for (int i = 1; i < s.size(); i++) {
      s.array(i);
    }
    return Resolved.throwing(
        new ArrayType(s.type(0)),
        (c, rows) -> {
          ArrayColumn shape = Rows.array(c[1]);
          for (int i = 2; i < c.length; i++) {
            ArrayUniq.requireEqualLengths(name, shape, Rows.array(c[i]), i, rows);
          }
          int[] outer = shape.elementRows();
          return new ArrayColumn(shape.offsets(), c[0].full().gather(outer, outer.length), rows);
        });
  }

  private static ScalarFunction enumerate(Signature s) {
    s.array(0);
    return Resolved.of(
        new ArrayType(IntegerType.UINT32),
        (c, rows) -> {
          int[] o = Rows.array(c[0]).offsets();
          int[] out = new int[o[rows]];
          for (int r = 0; r < rows; r++) {
            for (int i = o[r], n = 1; i < o[r + 1]; i++, n++) {
              out[i] = n;
            }
          }
          return new ArrayColumn(o, new Int32Column(out, out.length), rows);
        });
  }

  @Override
  public boolean handlesNulls() {
    return name.equals("arrayWithConstant") || name.equals("replicate");
  }

  @Override
  public boolean handlesLowCardinality() {
    return handlesNulls();
  }
}
