package io.longhouse.engine.exec.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Every kind of table against a map from the keys' bytes to numbers. */
class GroupTableTest {
  private static final List<List<String>> KEYS =
      List.of(
          List.of("UInt8"),
          List.of("Int16"),
          List.of("UInt32"),
          List.of("Int64"),
          List.of("Float32"),
          List.of("Float64"),
          List.of("String"),
          List.of("LowCardinality(String)"),
          List.of("LowCardinality(Nullable(String))"),
          List.of("Nullable(Int64)"),
          List.of("Nullable(String)"),
          List.of("UInt128"),
          List.of("Int32", "UInt8"),
          List.of("Int64", "String"),
          List.of("UInt32", "LowCardinality(String)"),
          List.of("LowCardinality(Nullable(String))", "LowCardinality(String)"),
          List.of("Nullable(String)", "LowCardinality(String)", "Float64"),
          List.of("Int64", "Int64", "Nullable(UInt128)"));

  /** Partitions of the result are merged side by side, each reading keys of every lane's table. */
  @Test
  void severalThreadsReadTheKeysOfOneTable() throws Exception {
    List<DataType> types = List.of(DataTypes.parse("Int64"), DataTypes.parse("String"));
    int groups = 30_001;
    long[] numbers = new long[groups];
    var texts = new StringColumn.Builder(groups);
    for (int i = 0; i < groups; i++) {
      numbers[i] = i;
      texts.add(String.valueOf(i).getBytes(StandardCharsets.UTF_8));
    }
    Column[] keys = {Int64Column.of(numbers), texts.build()};
    int[] last = {groups - 2, groups - 1};
    for (int round = 0; round < 200; round++) {
      GroupTable table = GroupTable.of(types);
      table.groups(keys, groups, new int[groups]);
      var begin = new CountDownLatch(1);
      try (var threads = Executors.newFixedThreadPool(2)) {
        List<Future<Column[]>> read = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
          read.add(
              threads.submit(() -> {
                begin.await();
                return table.keys(last, 2);
              }));
        }
        begin.countDown();
        for (Future<Column[]> f : read) {
          Column[] found = f.get();
          assertThat(((Int64Column) found[0]).values()).startsWith(groups - 2, groups - 1);
          assertThat(((StringColumn) found[1]).get(1)).asString().isEqualTo("30000");
        }
      }
    }
  }

  @Test
  void groupsAreNumberedInOrderOfAppearance() {
    long seed = Long.getLong("seed", 99L);
    var random = new Random(seed);
    for (List<String> names : KEYS) {
      for (int distinct : new int[] {3, 60_000}) {
        check(names.stream().map(DataTypes::parse).toList(), distinct, random, "seed " + seed);
      }
    }
  }

  private static void check(List<DataType> types, int distinct, Random random, String what) {
    GroupTable table = GroupTable.of(types);
    Map<ByteBuffer, Integer> expected = new HashMap<>();
    List<Column[]> blocks = new ArrayList<>();
    List<ByteBuffer> keys = new ArrayList<>();
    for (int b = 0; b < 6; b++) {
      int rows = b == 2 ? 1 : 5000 + random.nextInt(5000);
      Column[] columns = columns(types, rows, distinct, random);
      int[] groups = new int[rows];
      table.groups(columns, rows, groups);
      int[] wanted = new int[rows];
      for (int r = 0; r < rows; r++) {
        ByteBuffer key = key(columns, r);
        Integer known = expected.putIfAbsent(key, expected.size());
        if (known == null) {
          keys.add(key);
        }
        wanted[r] = known == null ? expected.size() - 1 : known;
      }
      assertThat(groups).as("%s %s block %d", what, types, b).isEqualTo(wanted);
      blocks.add(columns);
    }
    assertThat(table.size()).isEqualTo(expected.size());
    Column[] unknown = columns(types, 3000, distinct * 2, random);
    blocks.add(unknown);
    for (Column[] columns : blocks) {
      int rows = columns[0].size();
      int[] found = new int[rows];
      table.find(columns, rows, found);
      int[] wanted = new int[rows];
      for (int r = 0; r < rows; r++) {
        wanted[r] = expected.getOrDefault(key(columns, r), -1);
      }
      assertThat(found).as(types.toString()).isEqualTo(wanted);
    }
    GroupTable backwards = GroupTable.of(types);
    int[] numbers = new int[blocks.getFirst()[0].size()];
    Column[] turned = new Column[types.size()];
    int[] order = new int[numbers.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = order.length - 1 - i;
    }
    for (int k = 0; k < turned.length; k++) {
      turned[k] = blocks.getFirst()[k].full().gather(order, order.length);
    }
    backwards.groups(turned, order.length, numbers);
    for (int i = 0; i < order.length; i++) {
      int group = expected.get(key(turned, i));
      assertThat(backwards.hashOf(numbers[i])).as(types.toString()).isEqualTo(table.hashOf(group));
    }
    int[] all = random.ints(1000, 0, table.size()).toArray();
    Column[] back = table.keys(all, all.length);
    for (int i = 0; i < all.length; i++) {
      assertThat(key(back, i)).as(types.toString()).isEqualTo(keys.get(all[i]));
    }
  }

  private static ByteBuffer key(Column[] columns, int row) {
    var out = new ByteWriter(32);
    for (Column c : columns) {
      ValueBytes.writeDelimited(c, row, out);
    }
    return ByteBuffer.wrap(out.toByteArray());
  }

  private static Column[] columns(List<DataType> types, int rows, int distinct, Random random) {
    int[] values = random.ints(rows, 0, distinct).toArray();
    return types.stream()
        .map(t -> column(t.newBuilder(0).build(), values, random))
        .toArray(Column[]::new);
  }

  /** Values of a layout; something stands under NULLs. */
  private static Column column(Column layout, int[] values, Random random) {
    int n = values.length;
    return switch (layout) {
      case Int8Column _ -> {
        byte[] v = new byte[n];
        for (int i = 0; i < n; i++) {
          v[i] = (byte) values[i];
        }
        yield new Int8Column(v, n);
      }
      case Int16Column _ -> {
        short[] v = new short[n];
        for (int i = 0; i < n; i++) {
          v[i] = (short) values[i];
        }
        yield new Int16Column(v, n);
      }
      case Int32Column _ -> new Int32Column(values.clone(), n);
      case Float32Column _ -> {
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
          v[i] =
              values[i] == 1
                  ? Float.NaN
                  : values[i] == 0 && random.nextBoolean() ? -0f : values[i] / 4f;
        }
        yield new Float32Column(v, n);
      }
      case Float64Column _ -> {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
          v[i] =
              values[i] == 1
                  ? Double.NaN
                  : values[i] == 0 && random.nextBoolean() ? -0d : values[i] / 4d;
        }
        yield new Float64Column(v, n);
      }
      case StringColumn _ -> {
        var b = new StringColumn.Builder(n);
        for (int v : values) {
          b.add("x".repeat(v % 40).concat(String.valueOf(v)).getBytes(StandardCharsets.UTF_8));
        }
        yield b.build();
      }
      case WideColumn w -> {
        long[] words = new long[n * w.wordsPerValue()];
        for (int i = 0; i < n; i++) {
          words[i * w.wordsPerValue() + values[i] % w.wordsPerValue()] = values[i];
        }
        yield new WideColumn(words, w.wordsPerValue(), n);
      }
      case NullableColumn c -> {
        byte[] nulls = new byte[n];
        for (int i = 0; i < n; i++) {
          nulls[i] = (byte) (values[i] % 7 == 0 ? 1 : 0);
        }
        yield new NullableColumn(column(c.values(), values, random), nulls);
      }
      case LowCardinalityColumn c -> {
        Column plain = column(c.dictionary(), values, random);
        var b = new LowCardinalityColumn.Builder(plain.newBuilder(16), n);
        b.appendRange(plain, 0, n);
        yield b.build();
      }
      default -> {
        long[] v = new long[n];
        for (int i = 0; i < n; i++) {
          v[i] = values[i] * 1_000_000_007L;
        }
        yield new Int64Column(v, n);
      }
    };
  }
}
