package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.datetime.IntervalAddition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Intervals with moments and with each other. Different units side by side make a tuple. */
final class IntervalArithmetic {
  private IntervalArithmetic() {}

  static @Nullable ScalarFunction of(
      ArithmeticOp op, List<Argument> arguments, FunctionContext context) {
    DataType a = arguments.get(0).type();
    DataType b = arguments.get(1).type();
    int sign = op == ArithmeticOp.MINUS ? -1 : 1;
    String name = op == ArithmeticOp.MINUS ? "minus" : "plus";
    if (isMoment(a) && b instanceof IntervalType t) {
      return IntervalAddition.of(name, a, NumberShape.INT64, t.unit(), sign, context);
    }
    if (a instanceof IntervalType t && isMoment(b) && sign > 0) {
      return new Swapped(IntervalAddition.of(name, b, NumberShape.INT64, t.unit(), 1, context));
    }
    if (isMoment(a) && isTupleOfIntervals(b)) {
      return several(name, a, (TupleType) b, sign, context);
    }
    if (isTupleOfIntervals(a) && isMoment(b) && sign > 0) {
      return new Swapped(several(name, b, (TupleType) a, 1, context));
    }
    if (a instanceof IntervalType x && b instanceof IntervalType y) {
      return x.unit() == y.unit() ? new SameUnit(x, sign) : new Pair(x, y, sign);
    }
    if (isTupleOfIntervals(a) && b instanceof IntervalType y) {
      return new Appended((TupleType) a, y, sign);
    }
    return null;
  }

  private static boolean isMoment(DataType t) {
    return t instanceof DateType
        || t instanceof Date32Type
        || t instanceof DateTimeType
        || t instanceof DateTime64Type
        || t instanceof StringType;
  }

  private static boolean isTupleOfIntervals(DataType t) {
    return t instanceof TupleType u
        && !u.elements().isEmpty()
        && u.elements().stream().allMatch(e -> e instanceof IntervalType);
  }

  private static ScalarFunction several(
      String name, DataType moment, TupleType intervals, int sign, FunctionContext context) {
    List<ScalarFunction> steps = new ArrayList<>();
    DataType type = moment;
    for (DataType e : intervals.elements()) {
      var unit = ((IntervalType) e).unit();
      ScalarFunction step = IntervalAddition.of(name, type, NumberShape.INT64, unit, sign, context);
      steps.add(step);
      type = step.resultType();
    }
    return new Several(steps);
  }

  private static Column element(Column tuple, int i) {
    return tuple instanceof ConstColumn c
        ? new ConstColumn(((TupleColumn) c.value()).elements().get(i).full(), c.size())
        : ((TupleColumn) tuple.full()).elements().get(i);
  }

  private record Swapped(ScalarFunction inner) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return inner.resultType();
    }

    @Override
    public boolean mayThrow() {
      return inner.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return inner.evaluate(new Column[] {arguments[1], arguments[0]}, rows);
    }
  }

  private record Several(List<ScalarFunction> steps) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return steps.getLast().resultType();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column moment = arguments[0];
      for (int i = 0; i < steps.size(); i++) {
        moment = steps.get(i).evaluate(new Column[] {moment, element(arguments[1], i)}, rows);
      }
      return moment;
    }
  }

  private record SameUnit(IntervalType type, int sign) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return type;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return sum(arguments[0], arguments[1], sign, rows);
    }
  }

  private static Column sum(Column a, Column b, int sign, int rows) {
    return Kernels.longs(
        sign > 0 ? LongArithmetic::plus : LongArithmetic::minus,
        new LongOperand(a, true, rows),
        new LongOperand(b, true, rows),
        8,
        rows);
  }

  private static Column signed(Column interval, int sign, IntervalType type, int rows) {
    return sign > 0 ? interval.full() : sum(type.defaults(rows), interval, -1, rows);
  }

  private record Pair(IntervalType a, IntervalType b, int sign) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return new TupleType(List.of(a, b));
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new TupleColumn(
          List.of(arguments[0].full(), signed(arguments[1], sign, b, rows)), rows);
    }
  }

  /** An interval joins those of a tuple: the last one if the unit is the same. */
  private record Appended(TupleType tuple, IntervalType interval, int sign)
      implements ScalarFunction {
    private boolean merges() {
      return tuple.elements().getLast().equals(interval);
    }

    @Override
    public DataType resultType() {
      if (merges()) {
        return tuple;
      }
      List<DataType> all = new ArrayList<>(tuple.elements());
      all.add(interval);
      return new TupleType(all);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      int n = tuple.elements().size();
      List<Column> out = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        out.add(element(arguments[0], i).full());
      }
      if (merges()) {
        out.set(n - 1, sum(out.get(n - 1), arguments[1], sign, rows));
      } else {
        out.add(signed(arguments[1], sign, interval, rows));
      }
      return new TupleColumn(out, rows);
    }
  }
}
