package io.longhouse.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.registry.Registry;
import io.longhouse.sql.LonghouseException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What every registered scalar function keeps, whatever it computes: for any argument types it is
 * resolved or refused with an error of its own; resolved, it answers as many rows as it was given,
 * in the layout of its type, also for none, for constants, NULLs, slices and dictionaries, and the
 * same for a constant as for a column of it.
 */
class ScalarContractTest {
  private static final FunctionContext CONTEXT = new PlainContext();

  private static final List<String> TYPES =
      List.of(
          "UInt8",
          "Int64",
          "UInt256",
          "Float32",
          "Float64",
          "Decimal(9, 2)",
          "Decimal(38, 4)",
          "String",
          "FixedString(3)",
          "Date",
          "DateTime('UTC')",
          "DateTime64(3, 'UTC')",
          "UUID",
          "IPv4",
          "Enum8('a' = 1, 'b' = 2)",
          "IntervalDay",
          "Bool",
          "Array(UInt8)",
          "Array(Nullable(String))",
          "Tuple(UInt8, String)",
          "Map(String, UInt8)");

  /** More types of first arguments. */
  private static final Set<String> FIRST =
      Set.of(
          "UInt8",
          "UInt256",
          "Decimal(9, 2)",
          "FixedString(3)",
          "Date",
          "Tuple(UInt8, String)",
          "Map(String, UInt8)");

  /** The types of second arguments: those that are not much like another one. */
  private static final Set<String> SECOND =
      Set.of(
          "Int64",
          "Float64",
          "String",
          "DateTime('UTC')",
          "Array(UInt8)",
          "Nullable(UInt8)",
          "LowCardinality(String)",
          "Nullable(Nothing)");

  /** They wait, end the query or read what is not there in a unit test. */
  private static final Set<String> LEFT_OUT = Set.of("sleep", "sleepEachRow", "throwIf");

  private record Sample(DataType type, Column column) {}

  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyFunctionResolvesAndAnswersOrRefuses() {
    List<Sample> samples = samples();
    List<Sample> firsts =
        samples.stream()
            .filter(s -> SECOND.contains(s.type.name()) || FIRST.contains(s.type.name()))
            .toList();
    List<Sample> seconds = samples.stream().filter(s -> SECOND.contains(s.type.name())).toList();
    int answered = 0;
    for (var entry : Registry.of(FunctionFactory.class).entries()) {
      String name = entry.name();
      if (LEFT_OUT.contains(name) || Functions.factory(name) instanceof HigherOrderFactory) {
        continue;
      }
      answered += check(name, List.of());
      for (Sample a : samples) {
        answered += check(name, List.of(a));
      }
      for (Sample a : firsts) {
        for (Sample b : seconds) {
          answered += check(name, List.of(a, b));
        }
      }
    }
    assertThat(wrong).as("broken promises").isEmpty();
    assertThat(answered).isGreaterThan(1000);
  }

  /** Three rows of each type: two values and the default one. */
  private static List<Sample> samples() {
    List<Sample> out = new ArrayList<>();
    for (String name : TYPES) {
      DataType type = DataTypes.parse(name);
      out.add(new Sample(type, column(type)));
    }
    for (String name : List.of("UInt8", "Float64", "String", "Date")) {
      DataType type = NullableType.orSame(DataTypes.parse(name));
      out.add(new Sample(type, column(type)));
    }
    DataType dictionary = new LowCardinalityType(DataTypes.parse("String"));
    out.add(new Sample(dictionary, column(dictionary)));
    DataType nothing = NullableType.orSame(NothingType.TYPE);
    out.add(new Sample(nothing, new ConstColumn(nothing.defaultValue(), 3).full()));
    return out;
  }

  private static Column column(DataType type) {
    var b = type.newBuilder(3);
    DataType inside = NullableType.strip(LowCardinalityType.strip(type));
    Column one = one(inside);
    b.append(one, 0);
    b.appendDefault(1);
    if (type.name().startsWith("Enum8")) {
      b.truncate(1);
      b.append(one, 0);
    }
    b.append(one, 0);
    return b.build();
  }

  /** A value that is not the default where the type has text for one. */
  private static Column one(DataType type) {
    String text =
        switch (type.name().replaceAll("\\(.*", "")) {
          case "UInt8", "Int64", "UInt256", "IntervalDay", "Bool" -> "1";
          case "Float32", "Float64", "Decimal" -> "1.5";
          case "Date" -> "2020-02-29";
          case "DateTime", "DateTime64" -> "2020-02-29 10:11:12";
          case "UUID" -> "01234567-89ab-cdef-0123-456789abcdef";
          case "IPv4" -> "1.2.3.4";
          case "Enum8" -> "a";
          case "Array" -> type.name().contains("String") ? "['x',NULL]" : "[1,2]";
          case "Tuple" -> "(1,'x')";
          case "Map" -> "{'x':1}";
          default -> "abc";
        };
    var b = type.newBuilder(1);
    type.readText(
        new io.longhouse.column.ByteReader(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        io.longhouse.column.type.TextForm.RAW,
        io.longhouse.column.type.FormatSettings.DEFAULT,
        b);
    return b.build();
  }

  private int check(String name, List<Sample> samples) {
    int answered = 0;
    for (int constants = 0; constants < 1 << samples.size(); constants++) {
      int mask = constants;
      if (samples.size() == 2 && mask == 1) {
        continue; // a constant before a column is rare and goes the same way as one behind it
      }
      List<Argument> arguments = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        Sample s = samples.get(i);
        boolean constant = (mask >> i & 1) != 0;
        arguments.add(new Argument(s.type, constant ? s.column.slice(0, 1) : null));
      }
      String call =
          name + arguments.stream().map(a -> a.type() + (a.isConstant() ? "!" : "")).toList();
      ScalarFunction f = guarded(call, () -> Functions.resolve(name, arguments, CONTEXT));
      if (f == null) {
        continue;
      }
      answered += answers(call, f, samples, mask) ? 1 : 0;
    }
    return answered;
  }

  private boolean answers(String call, ScalarFunction f, List<Sample> samples, int mask) {
    Column all = evaluate(call, f, samples, mask, 0, 3);
    evaluate(call, f, samples, mask, 0, 0);
    Column some = evaluate(call, f, samples, mask, 1, 2);
    if (all == null || some == null || !f.isDeterministic()) {
      return all != null;
    }
    Column a = all.full();
    Column b = some.full();
    for (int r = 0; r < 2 && f.resultType().isComparable(); r++) {
      int row = r;
      Integer order = guarded(call, () -> f.resultType().compare(a, row + 1, b, row, 1));
      if (order != null && order != 0 && !call.startsWith("[") && !ofBlocks(call)) {
        wrong.add(call + ": a slice has another value in row " + (r + 1));
      }
    }
    return true;
  }

  /** Functions whose value is about the block and not the row. */
  private static boolean ofBlocks(String call) {
    return call.startsWith("dumpColumnStructure") || call.startsWith("blockSerializedSize");
  }

  private Column evaluate(
      String call, ScalarFunction f, List<Sample> samples, int mask, int from, int rows) {
    Column[] in = new Column[samples.size()];
    for (int i = 0; i < in.length; i++) {
      Column c = samples.get(i).column;
      in[i] = (mask >> i & 1) != 0 ? new ConstColumn(c.slice(0, 1), rows) : c.slice(from, rows);
    }
    Column out = guarded(call, () -> f.evaluate(in, rows));
    if (out == null) {
      return null;
    }
    Predicate<Column> fits =
        c -> c.size() == rows && layout(c).equals(layout(f.resultType().newBuilder(0).build()));
    if (!fits.test(out)) {
      wrong.add(
          call
              + " of "
              + rows
              + " rows: "
              + out.size()
              + " rows, "
              + layout(out)
              + " for "
              + f.resultType());
      return null;
    }
    return out;
  }

  private static String layout(Column c) {
    return switch (c) {
      case ConstColumn k -> layout(k.value());
      case io.longhouse.column.NullableColumn n -> "Nullable " + layout(n.values());
      default -> c.getClass().getSimpleName();
    };
  }

  private <T> T guarded(String call, java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (LonghouseException e) {
      return null;
    } catch (RuntimeException e) {
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      wrong.add(call + ": " + trace.toString().lines().limit(5).toList());
      return null;
    }
  }
}
