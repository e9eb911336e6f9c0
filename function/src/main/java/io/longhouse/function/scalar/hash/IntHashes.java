package io.longhouse.function.scalar.hash;

import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.hash.IntHash;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** Mixers of one number. */
@Register(
    kind = FunctionFactory.class,
    name = "intHash32",
    category = "Hash",
    doc = "A 32-bit hash of a number.")
@Register(
    kind = FunctionFactory.class,
    name = "intHash64",
    category = "Hash",
    doc = "A 64-bit hash of a number.")
final class IntHashes implements FunctionFactory {
  private final String name;

  IntHashes(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    DataType t = s.type(0);
    Column shape = t.newBuilder(0).build();
    boolean number =
        shape instanceof Int8Column
            || shape instanceof Int16Column
            || shape instanceof Int32Column
            || shape instanceof Int64Column;
    if (!number || shape instanceof Float32Column || shape instanceof Float64Column) {
      throw s.illegal(0, "must be a number");
    }
    boolean unsigned =
        t instanceof IntegerType i && !i.signed()
            || t instanceof DateType
            || t instanceof DateTimeType
            || t instanceof Ipv4Type
            || t instanceof BoolType;
    if (name.equals("intHash64")) {
      return Resolved.of(
          IntegerType.UINT64,
          (c, rows) -> {
            long[] v = Rows.longs(c[0], !unsigned);
            for (int i = 0; i < v.length; i++) {
              v[i] = IntHash.hash64(v[i]);
            }
            return new Int64Column(v, v.length);
          });
    }
    return Resolved.of(
        IntegerType.UINT32,
        (c, rows) -> {
          long[] v = Rows.longs(c[0], !unsigned);
          int[] out = new int[v.length];
          for (int i = 0; i < v.length; i++) {
            out[i] = (int) IntHash.hash32(v[i]);
          }
          return new Int32Column(out, v.length);
        });
  }
}
