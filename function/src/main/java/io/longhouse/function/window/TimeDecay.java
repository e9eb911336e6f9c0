package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of the frame weighted by {@code exp((t - t of the frame's last row) / decay)}. Where a
 * frame goes on from the one before it, the earlier sum is carried over, as ClickHouse does, so
 * that results agree to the last digit.
 */
@Register(
    kind = WindowFunctionFactory.class,
    name = "exponentialTimeDecayedSum",
    category = "Window",
    doc = "The sum of values whose weight falls by e with each decay length.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "exponentialTimeDecayedCount",
    category = "Window",
    doc = "The sum of weights that fall by e with each decay length.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "exponentialTimeDecayedAvg",
    category = "Window",
    doc = "The average of values whose weight falls by e with each decay length.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "exponentialTimeDecayedMax",
    category = "Window",
    doc = "The largest of the values whose weight falls by e with each decay length.")
final class TimeDecay implements WindowFunctionFactory {
  private final String name;

  TimeDecay(String name) {
    this.name = name;
  }

  @Override
  public WindowFunction resolve(
      List<Argument> parameters,
      List<Argument> arguments,
      boolean ordered,
      @Nullable WindowFrame frame) {
    Column decay = parameters.size() == 1 ? parameters.getFirst().constant() : null;
    if (decay == null) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Function " + name + " takes exactly one parameter");
    }
    boolean count = name.endsWith("Count");
    if (arguments.size() != (count ? 1 : 2)) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Function " + name + " takes exactly " + (count ? "one argument" : "two arguments"));
    }
    List<DataType> types = arguments.stream().map(Argument::type).toList();
    if (!count && !isNumber(types.getFirst())) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Argument 0 must be a number, '" + types.getFirst() + "' given");
    }
    DataType time = types.getLast();
    if (!isNumber(time) && !(time instanceof DateTimeType) && !(time instanceof DateTime64Type)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Argument "
              + (types.size() - 1)
              + " must be DateTime, DateTime64 or a number, '"
              + time
              + "' given");
    }
    double length = doubles(decay.plain(), parameters.getFirst().type(), 1)[0];
    return new Decayed(
        count ? Kind.COUNT : Kind.valueOf(name.substring(22).toUpperCase(java.util.Locale.ROOT)),
        types,
        length);
  }

  static boolean isNumber(DataType type) {
    return type instanceof IntegerType || type instanceof FloatType || type instanceof DecimalType;
  }

  /** Values of a number or time type as doubles; decimals by their value. */
  static double[] doubles(Column c, DataType type, int count) {
    double[] out = new double[count];
    boolean signed =
        !(type instanceof IntegerType i && !i.signed()) && !(type instanceof DateTimeType);
    Numbers.toDoubles(c.full(), 0, count, signed, out);
    int scale =
        type instanceof DecimalType d
            ? d.scale()
            : type instanceof DateTime64Type t ? t.scale() : 0;
    if (scale > 0) {
      double factor = Math.pow(10, scale);
      for (int i = 0; i < count; i++) {
        out[i] /= factor;
      }
    }
    return out;
  }

  private enum Kind {
    SUM,
    COUNT,
    AVG,
    MAX
  }

  private record Decayed(Kind kind, List<DataType> argumentTypes, double length)
      implements WindowFunction {
    @Override
    public DataType resultType() {
      return FloatType.FLOAT64;
    }

    @Override
    public Column evaluate(WindowRows rows, Column[] arguments) {
      int n = rows.rows();
      double[] time = doubles(arguments[arguments.length - 1], argumentTypes.getLast(), n);
      double[] value =
          kind == Kind.COUNT ? time : doubles(arguments[0], argumentTypes.getFirst(), n);
      double[] out = new double[n];
      WindowRows.Frames f = rows.frames();
      int[] partitions = rows.partitions();
      for (int p = 0; p + 1 < partitions.length; p++) {
        if (kind == Kind.MAX) {
          max(partitions[p], partitions[p + 1], f, time, value, out);
        } else {
          sums(partitions[p], partitions[p + 1], f, time, value, out);
        }
      }
      return new Float64Column(out, n);
    }

    private double weight(double t, double reference) {
      return Math.exp((t - reference) / length);
    }

    private void sums(
        int from, int to, WindowRows.Frames f, double[] time, double[] value, double[] out) {
      double sum = 0;
      double count = 0;
      double last = 0;
      int begin = from;
      int end = from;
      for (int r = from; r < to; r++) {
        int b = f.begin()[r];
        int e = f.end()[r];
        if (b == e) {
          out[r] = kind == Kind.AVG ? Double.NaN : 0;
          begin = b;
          end = e;
          continue;
        }
        double reference = time[e - 1];
        double s = 0;
        double c = 0;
        int next = b;
        if (begin <= b && b < end && end <= e) {
          for (int i = begin; i < b; i++) {
            double w = weight(time[i], reference);
            s -= w * value[i];
            c -= w;
          }
          double w = weight(last, reference);
          s += w * sum;
          c += w * count;
          next = end;
        }
        for (int i = next; i < e; i++) {
          double w = weight(time[i], reference);
          s += w * value[i];
          c += w;
        }
        sum = s;
        count = c;
        last = reference;
        begin = b;
        end = e;
        out[r] = kind == Kind.SUM ? s : kind == Kind.COUNT ? c : s / c;
      }
    }

    private void max(
        int from, int to, WindowRows.Frames f, double[] time, double[] value, double[] out) {
      for (int r = from; r < to; r++) {
        int b = f.begin()[r];
        int e = f.end()[r];
        double best = b == e ? Double.NaN : -Double.MAX_VALUE;
        for (int i = b; i < e; i++) {
          if (value[i] > best || time[i] > time[e - 1] || best < 0) {
            best = Math.max(weight(time[i], time[e - 1]) * value[i], best);
          }
        }
        out[r] = best;
      }
    }
  }
}
