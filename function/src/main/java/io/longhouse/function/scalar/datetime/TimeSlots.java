package io.longhouse.function.scalar.datetime;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** The slots of time that a stretch of time touches. */
@Register(
    kind = FunctionFactory.class,
    name = "timeSlots",
    category = "Dates and Times",
    doc = "The beginnings of all half hours, or other slots, from a moment on for some seconds.")
final class TimeSlots implements FunctionFactory {
  private static final int SLOTS_MAX = 1 << 24;

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("timeSlots", arguments, 2, 3);
    DataType type = arguments.getFirst().type();
    if (!(type instanceof DateTimeType)) {
      throw Arguments.illegalType("timeSlots", type);
    }
    for (Argument a : arguments.subList(1, arguments.size())) {
      NumberShape shape = NumberShape.of(a.type());
      if (shape == null || !shape.isInteger() || shape.isWide()) {
        throw Arguments.illegalType("timeSlots", a.type());
      }
    }
    long size = 1800;
    if (arguments.size() == 3) {
      size = Arguments.integer("timeSlots", arguments, 2, "Third argument");
      if (size <= 0) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Third argument for function timeSlots must be greater than zero");
      }
    }
    return new Call(new ArrayType(type), size);
  }

  private record Call(DataType resultType, long size) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var starts = new LongOperand(arguments[0], false, rows);
      var lengths = new LongOperand(arguments[1], true, rows);
      var slots = new Int32Column.Builder(rows * 2);
      int[] offsets = new int[rows + 1];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        starts.load(from, n);
        lengths.load(from, n);
        for (int k = 0; k < n; k++) {
          long start = starts.array()[starts.offset() + k];
          long last = (start + lengths.array()[lengths.offset() + k]) / size;
          if (last - start / size > SLOTS_MAX) {
            throw new LonghouseException(
                ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too many slots in function timeSlots");
          }
          for (long slot = start / size; slot <= last; slot++) {
            slots.add((int) (slot * size));
          }
          offsets[from + k + 1] = slots.size();
        }
      }
      return new ArrayColumn(offsets, slots.build(), rows);
    }
  }
}
