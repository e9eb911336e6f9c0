package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** Windows of time: one behind the other (tumble), or beginning before the last ended (hop). */
@Register(
    kind = FunctionFactory.class,
    name = "tumble",
    category = "Time Window",
    doc = "Begin and end of the window of that length that a moment is in.")
@Register(
    kind = FunctionFactory.class,
    name = "tumbleStart",
    category = "Time Window",
    doc = "The begin of the window of that length that a moment is in.")
@Register(
    kind = FunctionFactory.class,
    name = "tumbleEnd",
    category = "Time Window",
    doc = "The end of the window of that length that a moment is in.")
@Register(
    kind = FunctionFactory.class,
    name = "hop",
    category = "Time Window",
    doc = "Begin and end of the first window a moment is in: (moment, distance, length).")
@Register(
    kind = FunctionFactory.class,
    name = "hopStart",
    category = "Time Window",
    doc = "The begin of the first window a moment is in: (moment, distance, length).")
@Register(
    kind = FunctionFactory.class,
    name = "hopEnd",
    category = "Time Window",
    doc = "The end of the first window a moment is in: (moment, distance, length).")
final class TimeWindow implements FunctionFactory {
  private final String name;
  private final boolean hops;

  TimeWindow(String name) {
    this.name = name;
    this.hops = name.startsWith("hop");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    boolean part = name.endsWith("Start") || name.endsWith("End");
    if (part && s.size() == 1) {
      return ofWindow(s);
    }
    int intervals = hops ? 2 : 1;
    s.between(1 + intervals, 2 + intervals);
    if (!(s.type(0) instanceof DateTimeType)) {
      throw s.illegal(0, "must be DateTime");
    }
    for (int i = 1; i <= intervals; i++) {
      requirePositive(s, i);
    }
    List<Argument> floor = new ArrayList<>();
    floor.add(arguments.get(0));
    floor.add(arguments.get(1));
    if (s.size() == 2 + intervals) {
      floor.add(arguments.get(1 + intervals));
    }
    int zone = s.size() == 2 + intervals ? 1 + intervals : -1;
    ScalarFunction start = Functions.resolve("toStartOfInterval", floor, context);
    ScalarFunction end = step("plus", start.resultType(), arguments.get(1), context);
    ScalarFunction back = hops ? step("minus", end.resultType(), arguments.get(2), context) : start;
    DataType first = back.resultType();
    DataType second = end.resultType();
    DataType result =
        name.endsWith("Start")
            ? first
            : name.endsWith("End") ? second : new TupleType(List.of(first, second));
    return Resolved.throwing(
        result,
        (c, rows) -> {
          Column[] inner =
              zone < 0 ? new Column[] {c[0], c[1]} : new Column[] {c[0], c[1], c[zone]};
          Column from = start.evaluate(inner, rows);
          Column to = end.evaluate(new Column[] {from, c[1]}, rows);
          Column begin = hops ? back.evaluate(new Column[] {to, c[2]}, rows) : from;
          return name.endsWith("Start")
              ? begin
              : name.endsWith("End") ? to : new TupleColumn(List.of(begin.full(), to.full()), rows);
        });
  }

  /** Begin or end out of a window that tumble or hop gave. */
  private ScalarFunction ofWindow(Signature s) {
    if (!(s.type(0) instanceof TupleType t) || t.elements().size() != 2) {
      throw s.illegal(0, "must be a window");
    }
    int i = name.endsWith("Start") ? 0 : 1;
    return Resolved.of(t.elements().get(i), (c, rows) -> Rows.tuple(c[0]).elements().get(i));
  }

  private void requirePositive(Signature s, int i) {
    if (!(s.type(i) instanceof IntervalType t)) {
      throw s.illegal(i, "must be an interval");
    }
    if (t.name().endsWith("Millisecond")
        || t.name().endsWith("Microsecond")
        || t.name().endsWith("Nanosecond")) {
      throw new LonghouseException(
          ErrorCode.SYNTAX_ERROR, "Fraction seconds are unsupported by windows yet");
    }
    if (Rows.longs(s.constant(i), true)[0] <= 0) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Value for interval of function " + name + " must be positive");
    }
  }

  private static ScalarFunction step(
      String function, DataType type, Argument interval, FunctionContext context) {
    return Functions.resolve(function, List.of(Argument.of(type), interval), context);
  }
}
