package io.longhouse.function.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.IntegerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States that have grown past their first forms: thinned, sampled, compressed, switched over. */
class LargeStatesTest {
  /** Over {@code number * factor % modulus}; hashes of the states and results are ClickHouse's. */
  @ParameterizedTest
  @CsvSource({
    "uniq, 300000, 1, 0, 9e8b573522b262d65a2e720303f1c531, 301750",
    "uniqExact, 90000, 7, 0, b19dd58b3f92a41473c8c19cc0169e5f, 90000",
    "quantile, 100000, 7, 100003, e2a6531540b0dc610b4370c3fbd9c363, 49793.5",
    "quantileTiming, 100000, 7, 40009, 80ae51c2d2db74097bb98b2da6053393, 19446",
    "uniqCombined, 100000, 1, 0, 3547ba284abe57bc344cabdee2fb4842, 100314",
    "uniqHLL12, 100000, 1, 0, 7bf56a7fc1fc67c342da96d20b8270f6, 101344",
    "quantileTDigest, 100000, 7, 100003, c2899efe2cc818902e400680600370e2, 49989.113",
    "groupUniqArray, 20000, 7, 0, c5954547771426ec46a1b6b2e6fe7fcb, 20000",
    "quantileDeterministic, 100000, 1, 0, 3b74e303cc4bca695f22e27366fca9ec, 50467.5",
    "uniqCombined64, 100000, 1, 0, 72be6fbf51502db6f5d443e8b3a66e9c, 100314"
  })
  void stateAndResult(String name, int rows, long factor, long modulus, String md5, String result)
      throws Exception {
    long[] v = new long[rows];
    Arrays.setAll(v, i -> modulus == 0 ? i * factor : i * factor % modulus);
    int arguments = name.equals("quantileDeterministic") ? 2 : 1;
    AggregateFunction f =
        Aggregates.resolve(
            name, java.util.List.of(), Collections.nCopies(arguments, IntegerType.UINT64));
    Column[] columns = new Column[arguments];
    Arrays.fill(columns, Int64Column.of(v));
    GroupStates states = GroupStates.of(f, 2);
    f.addToOne(states, 0, 0, 0, columns, rows);
    assertThat(result(f, states, 0)).isEqualTo(result);
    var out = new ByteWriter(64);
    f.serialize(states, 0, 0, 0, out);
    String hex = HexFormat.of().withUpperCase().formatHex(out.toByteArray());
    byte[] digest =
        MessageDigest.getInstance("MD5").digest(hex.getBytes(StandardCharsets.US_ASCII));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(md5);
    f.deserialize(states, 0, 0, 1, new ByteReader(out.toByteArray()));
    assertThat(result(f, states, 1)).isEqualTo(result);
  }

  /** Beyond 100,000 values the order of a state says nothing; what counts is which are in it. */
  @ParameterizedTest
  @ValueSource(strings = {"UInt32", "Int32", "Float32", "UInt64", "Float64"})
  void manyValuesOfUniqExactAreCountedOnce(String typeName) {
    DataType type = DataTypes.parse(typeName);
    AggregateFunction f = Aggregates.resolve("uniqExact", java.util.List.of(), List.of(type));
    // 0 .. 399,999 and 300,000 .. 499,999, each value twice; 7 and 0 alone.
    GroupStates states = GroupStates.of(f, 6);
    f.addToOne(states, 0, 0, 0, new Column[] {numbers(type, 0, 400_000)}, 800_000);
    f.addToOne(states, 0, 0, 1, new Column[] {numbers(type, 300_000, 500_000)}, 400_000);
    f.addToOne(states, 0, 0, 2, new Column[] {numbers(type, 7, 8)}, 2);
    f.addToOne(states, 0, 0, 2, new Column[] {numbers(type, 0, 1)}, 2);
    assertThat(results(f, states, 3)).containsExactly("400000", "200000", "2");
    merge(f, states, 3, 1); // into nothing, many into many, few into many, many into few
    merge(f, states, 3, 0);
    merge(f, states, 1, 2);
    merge(f, states, 2, 0);
    assertThat(results(f, states, 4)).containsExactly("400000", "200002", "400000", "500000");
    var out = new ByteWriter(64);
    f.serialize(states, 0, 0, 3, out);
    f.deserialize(states, 0, 0, 4, new ByteReader(out.toByteArray()));
    f.add(states, 0, 0, new int[] {4, 4, 4, 5}, new Column[] {numbers(type, 499_999, 500_001)}, 4);
    merge(f, states, 5, 4);
    assertThat(results(f, states, 6)).endsWith("500001", "500001");
  }

  /** Words come in the order of their places, which must not crowd them. */
  @ParameterizedTest
  @ValueSource(strings = {"UInt32", "UInt64"})
  void largeStatesOfUniqExactAreReadAndMergedInLinearTime(String typeName) {
    DataType type = DataTypes.parse(typeName);
    AggregateFunction f = Aggregates.resolve("uniqExact", java.util.List.of(), List.of(type));
    GroupStates states = GroupStates.of(f, 3);
    f.addToOne(states, 0, 0, 0, new Column[] {numbers(type, 0, 3_000_000)}, 3_000_000);
    f.addToOne(states, 0, 0, 1, new Column[] {numbers(type, 2_950_000, 3_060_000)}, 110_000);
    var out = new ByteWriter(64);
    f.serialize(states, 0, 0, 0, out);
    assertTimeout(
        java.time.Duration.ofSeconds(20),
        () -> {
          f.deserialize(states, 0, 0, 2, new ByteReader(out.toByteArray()));
          merge(f, states, 1, 2);
          merge(f, states, 2, 1);
        });
    assertThat(results(f, states, 3)).containsExactly("3000000", "3060000", "3060000");
  }

  /** Each number of a range, first all of them, then all again. */
  private static Column numbers(DataType type, int from, int to) {
    ColumnBuilder b = type.newBuilder(2 * (to - from));
    for (int i = 0; i < 2 * (to - from); i++) {
      long v = from + i % (to - from);
      switch (b) {
        case io.longhouse.column.Int32Column.Builder c -> c.add((int) v);
        case io.longhouse.column.Int64Column.Builder c -> c.add(v);
        case io.longhouse.column.Float32Column.Builder c -> c.add(v);
        case io.longhouse.column.Float64Column.Builder c -> c.add(v);
        default -> throw new IllegalArgumentException();
      }
    }
    return b.build();
  }

  private static void merge(AggregateFunction f, GroupStates states, int into, int from) {
    f.merge(states, 0, 0, new int[] {into}, states, 0, 0, new int[] {from}, 1);
  }

  private static List<String> results(AggregateFunction f, GroupStates states, int groups) {
    return java.util.stream.IntStream.range(0, groups).mapToObj(g -> result(f, states, g)).toList();
  }

  private static String result(AggregateFunction f, GroupStates states, int group) {
    ColumnBuilder b = f.resultType().newBuilder(1);
    f.result(states, 0, 0, group, 1, b);
    Column c = b.build();
    return c instanceof io.longhouse.column.ArrayColumn a
        ? String.valueOf(a.lengthAt(0))
        : f.resultType().textOf(c, 0);
  }
}
