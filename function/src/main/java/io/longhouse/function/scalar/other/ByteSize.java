package io.longhouse.function.scalar.other;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.SparseColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import java.util.List;

/** How many bytes values take in memory, uncompressed. */
@Register(
    kind = FunctionFactory.class,
    name = "byteSize",
    category = "Other",
    doc = "How many bytes the arguments take in memory.")
final class ByteSize implements FunctionFactory {
  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean handlesLowCardinality() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    long fixed = 0;
    for (Argument a : arguments) {
      NumberShape shape = NumberShape.ofStorage(a.type());
      if (shape == null) {
        return new Call();
      }
      fixed += shape.bytes();
    }
    return new TypeFacts.Fixed(IntegerType.UINT64, Int64Column.of(fixed), true);
  }

  private record Call() implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT64;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      long[] out = new long[rows];
      for (Column c : arguments) {
        for (int r = 0; r < rows; r++) {
          out[r] += size(c, r);
        }
      }
      return new Int64Column(out, rows);
    }

    private static long size(Column c, int row) {
      return switch (c) {
        case Int8Column _ -> 1;
        case Int16Column _ -> 2;
        case Int32Column _, Float32Column _ -> 4;
        case Int64Column _, Float64Column _ -> 8;
        case WideColumn w -> 8L * w.wordsPerValue();
        case FixedBytesColumn f -> f.width();
        case StringColumn s -> s.lengthAt(row) + 8L;
        case ArrayColumn a -> {
          long sum = 8;
          for (int i = a.offsets()[row]; i < a.offsets()[row + 1]; i++) {
            sum += size(a.elements(), i);
          }
          yield sum;
        }
        case TupleColumn t -> {
          long sum = 0;
          for (Column e : t.elements()) {
            sum += size(e, row);
          }
          yield sum;
        }
        case NullableColumn n -> 1 + (n.nulls()[row] != 0 ? 0 : size(n.values(), row));
        case LowCardinalityColumn l -> size(l.dictionary(), l.indexes()[row]);
        case ConstColumn k -> size(k.value(), 0);
        case SparseColumn s -> size(s.slice(row, 1).full(), 0);
      };
    }
  }
}
