package io.longhouse.function.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Functions;
import io.longhouse.function.OutsideQuery;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.registry.Registry;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names, errors, types of states and the scalar functions that take states or names. */
class AggregatesTest {
  private static final DataType UINT64 = DataTypes.parse("UInt64");

  private record Settings(Map<String, String> values) implements OutsideQuery {
    @Override
    public @Nullable String setting(String name) {
      return values.get(name);
    }
  }

  private static AggregateFunction resolve(String name, String... types) {
    return Aggregates.resolve(
        name, List.of(), java.util.Arrays.stream(types).map(DataTypes::parse).toList());
  }

  @Test
  void everyRegisteredFunctionHasACallInTheListOfStates() {
    Set<String> called =
        Golden.calls().stream()
            .map(c -> Aggregates.canonicalName(c.name()))
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (Registry.Entry e : Registry.of(AggregateFactory.class).entries()) {
      boolean throwsWithoutRows = e.name().equals("mannWhitneyUTest");
      boolean throughAnother =
          throwsWithoutRows
              || e.name().startsWith("groupBitmap")
              || e.name().startsWith("nothing")
              || e.name().endsWith("MappedArrays");
      if (!called.contains(e.name())
          && !throughAnother
          && called.stream().noneMatch(c -> c.startsWith(e.name()))) {
        missing.add(e.name());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void namesAreFoundWithCombinatorsAndInAnyCaseWhereDeclared() {
    assertThat(Aggregates.isAggregate("sumIf")).isTrue();
    assertThat(Aggregates.isAggregate("SUM")).isTrue();
    assertThat(Aggregates.isAggregate("uniqArrayIfMergeState")).isTrue();
    assertThat(Aggregates.isAggregate("If")).isFalse();
    assertThat(Aggregates.isAggregate("UNIQ")).isFalse();
    assertThat(Aggregates.canonicalName("AVGIf")).isEqualTo("avgIf");
    assertThat(Aggregates.canonicalName("median")).isEqualTo("quantile");
  }

  @Test
  void errorsHaveClickHousesCodes() {
    assertThatThrownBy(() -> resolve("summ", "UInt8"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(63))
        .hasMessageContaining("sum");
    assertThatThrownBy(() -> resolve("sum", "String"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(43))
        .hasMessage("Illegal type String of argument for aggregate function sum");
    assertThatThrownBy(() -> resolve("sum", "UInt8", "UInt8"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(42));
    assertThatThrownBy(() ->
            Aggregates.resolve(
                "sum", List.of(new Argument(UINT64, Int64Column.of(1))), List.of(UINT64)))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(133));
    assertThatThrownBy(() -> resolve("sumIfIf", "UInt8", "UInt8", "UInt8"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(184));
  }

  @Test
  void typesOfStatesAreNamedAsInClickHouse() {
    for (String name :
        List.of(
            "AggregateFunction(sum, UInt64)",
            "AggregateFunction(count)",
            "AggregateFunction(1, sumMap, Array(UInt8), Array(UInt8))",
            "AggregateFunction(quantiles(0.5, 0.9), UInt64)",
            "AggregateFunction(sequenceMatch('(?1)(?2)'), DateTime, UInt8, UInt8)",
            "AggregateFunction(quantilesTiming(0.5, 0.9), Nullable(UInt8))",
            "AggregateFunction(sumIf, UInt8, UInt8)")) {
      assertThat(DataTypes.parse(name).name()).isEqualTo(name);
    }
    assertThat(resolve("anyLastState", "String").resultType().name())
        .isEqualTo("AggregateFunction(anyLast, String)");
    assertThat(resolve("uniqState", "LowCardinality(String)").resultType().name())
        .isEqualTo("AggregateFunction(uniq, String)");
    assertThat(resolve("sumSimpleState", "UInt8").resultType().name())
        .isEqualTo("SimpleAggregateFunction(sum, UInt64)");
  }

  @Test
  void mergeTakesStatesOfItsFunctionAlone() {
    assertThat(resolve("sumMerge", "AggregateFunction(sum, UInt8)").resultType()).isEqualTo(UINT64);
    assertThat(resolve("uniqMergeState", "AggregateFunction(uniq, UInt8)").resultType().name())
        .isEqualTo("AggregateFunction(uniq, UInt8)");
    assertThatThrownBy(() -> resolve("avgMerge", "AggregateFunction(sum, UInt8)"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(43));
  }

  /** {@code sumState(number)} of 0 to 3 and of 4 to 9, from ClickHouse. */
  private static final StringColumn SUMS = sums();

  private static StringColumn sums() {
    var b = new StringColumn.Builder(2);
    b.add(HexFormat.of().parseHex("0600000000000000"));
    b.add(HexFormat.of().parseHex("2700000000000000"));
    return b.build();
  }

  @Test
  void statesAreMergedFromTheirBytes() {
    AggregateFunction f = resolve("sumMerge", "AggregateFunction(sum, UInt64)");
    GroupStates states = GroupStates.of(f, 2);
    f.add(states, 0, 0, new int[] {1, 1}, new Column[] {SUMS}, 2);
    var out = new Int64Column.Builder(2);
    f.result(states, 0, 0, 0, 2, out);
    assertThat(out.build().values()).startsWith(0, 45);
  }

  @Test
  void statesAreCopiedOutOfAStreamWhereverItsBufferEnds() {
    var type = (AggregateFunctionType) DataTypes.parse("AggregateFunction(groupArray, String)");
    byte[] state = HexFormat.of().parseHex("0302616203636465820161".repeat(1) + "61".repeat(129));
    byte[] stream = new byte[state.length * 50];
    for (int i = 0; i < 50; i++) {
      System.arraycopy(state, 0, stream, i * state.length, state.length);
    }
    InputStream slow =
        new ByteArrayInputStream(stream) {
          @Override
          public int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(7, len));
          }
        };
    var in = new ByteReader(slow, 64);
    for (int i = 0; i < 50; i++) {
      var out = new ByteWriter(16);
      type.copy(in, out);
      assertThat(out.toByteArray()).isEqualTo(state);
    }
    assertThat(in.atEnd()).isTrue();
  }

  private static long[] longs(ScalarFunction f, Column... arguments) {
    int rows = arguments[arguments.length - 1].size();
    return java.util.Arrays.copyOf(
        ((Int64Column) f.evaluate(arguments, rows).full()).values(), rows);
  }

  @Test
  void scalarFunctionsOfStates() {
    var state = Argument.of(DataTypes.parse("AggregateFunction(sum, UInt64)"));
    var off = new Settings(Map.of());
    ScalarFunction finalize = Functions.resolve("finalizeAggregation", List.of(state), off);
    assertThat(longs(finalize, SUMS)).containsExactly(6, 39);
    assertThatThrownBy(() -> Functions.resolve("runningAccumulate", List.of(state), off))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(721));
    var on = new Settings(Map.of("allow_deprecated_error_prone_window_functions", "1"));
    ScalarFunction running = Functions.resolve("runningAccumulate", List.of(state), on);
    assertThat(longs(running, SUMS)).containsExactly(6, 45);
  }

  @Test
  void functionsByName() {
    var context = new Settings(Map.of());
    var arrays = new ArrayColumn(new int[] {0, 3, 3, 4}, Int64Column.of(1, 5, 9, 7), 3);
    Column name = StringColumn.of("max".getBytes(StandardCharsets.UTF_8));
    ScalarFunction f =
        Functions.resolve(
            "arrayReduce",
            List.of(
                new Argument(StringType.TYPE, name), Argument.of(DataTypes.parse("Array(UInt64)"))),
            context);
    assertThat(longs(f, new ConstColumn(name, 3), arrays)).containsExactly(9, 0, 7);
    Column withParameter = StringColumn.of("quantileExact(0.9)".getBytes(StandardCharsets.UTF_8));
    ScalarFunction q =
        Functions.resolve(
            "arrayReduce",
            List.of(
                new Argument(StringType.TYPE, withParameter),
                Argument.of(DataTypes.parse("Array(UInt64)"))),
            context);
    assertThat(longs(q, new ConstColumn(withParameter, 3), arrays)).containsExactly(9, 0, 7);
  }
}
