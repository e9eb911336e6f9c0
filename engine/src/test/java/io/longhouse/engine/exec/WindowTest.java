package io.longhouse.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.window.WindowFrame;
import io.longhouse.function.window.WindowFunctionFactory;
import io.longhouse.registry.Registry;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Window functions against frames found by looking at all rows, and against ClickHouse 26.7. */
class WindowTest {
  private static final long MIN = Long.MIN_VALUE;
  private static final long MAX = Long.MAX_VALUE;

  /** Partition, order key, value. */
  private static final Header HEADER =
      Rows.header("LowCardinality(String)", "Nullable(Int32)", "Nullable(Int64)");

  private static Plan.WindowCall aggregate(String name, Header h, int... columns) {
    List<Expr> arguments = inputs(h, columns);
    return new Plan.WindowAggregateCall(
        name,
        Aggregates.resolve(name, List.of(), arguments.stream().map(Expr::type).toList()),
        arguments);
  }

  private static List<Expr> inputs(Header h, int... columns) {
    return Arrays.stream(columns).<Expr>mapToObj(c -> new Expr.Input(c, h.type(c))).toList();
  }

  private static Plan.WindowCall function(
      String name, List<Argument> parameters, @Nullable WindowFrame frame, List<Expr> arguments) {
    WindowFunctionFactory f =
        Objects.requireNonNull(Registry.of(WindowFunctionFactory.class).find(name), name);
    return new Plan.WindowFunctionCall(
        name,
        f.resolve(parameters, arguments.stream().map(Expr::asArgument).toList(), true, frame),
        arguments);
  }

  private static Expr constant(String type, Object value) {
    Header h = Rows.header(type);
    return new Expr.Constant(Rows.block(h, List.of(List.of(value))).column(0), h.type(0));
  }

  private static List<List<@Nullable Object>> evaluate(
      Header h,
      List<List<@Nullable Object>> rows,
      List<Integer> partitionBy,
      List<Plan.SortKey> orderBy,
      WindowFrame frame,
      List<Plan.WindowCall> calls) {
    List<Header.Field> fields = new ArrayList<>(h.fields());
    calls.forEach(c -> fields.add(new Header.Field(c.name(), c.type())));
    var plan =
        new Plan.Window(
            new Plan.Values(h, List.of()), partitionBy, orderBy, frame, calls, new Header(fields));
    Block out = WindowEvaluation.evaluate(plan, Rows.block(h, rows), Rows.context());
    for (int i = 0; i < out.columnCount(); i++) {
      Column one = out.column(i).full();
      assertThat(one.getClass()).isEqualTo(plan.header().type(i).newBuilder(0).build().getClass());
    }
    return Rows.rows(out);
  }

  private static List<List<@Nullable Object>> randomRows(Random random, int rows, int range) {
    List<List<@Nullable Object>> out = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      out.add(
          Arrays.asList(
              "p" + random.nextInt(4),
              random.nextInt(8) == 0 ? null : (Object) (long) random.nextInt(range),
              random.nextInt(8) == 0 ? null : (Object) (long) random.nextInt(100)));
    }
    return out;
  }

  private static final List<WindowFrame> FRAMES =
      List.of(
          WindowFrame.UP_TO_CURRENT,
          WindowFrame.WHOLE,
          new WindowFrame(WindowFrame.Unit.ROWS, MIN, 0),
          new WindowFrame(WindowFrame.Unit.ROWS, 0, MAX),
          new WindowFrame(WindowFrame.Unit.ROWS, -2, 1),
          new WindowFrame(WindowFrame.Unit.ROWS, -5, -3),
          new WindowFrame(WindowFrame.Unit.ROWS, 2, 4),
          new WindowFrame(WindowFrame.Unit.ROWS, -100, 60),
          new WindowFrame(WindowFrame.Unit.ROWS, -70, 0),
          new WindowFrame(WindowFrame.Unit.RANGE, -3, 0),
          new WindowFrame(WindowFrame.Unit.RANGE, -3, 5),
          new WindowFrame(WindowFrame.Unit.RANGE, 1, 4),
          new WindowFrame(WindowFrame.Unit.RANGE, 0, MAX),
          new WindowFrame(WindowFrame.Unit.RANGE, MIN, -2),
          new WindowFrame(WindowFrame.Unit.GROUPS, -1, 1),
          new WindowFrame(WindowFrame.Unit.GROUPS, -4, -2),
          new WindowFrame(WindowFrame.Unit.GROUPS, 1, MAX));

  @Test
  void everyFrameEqualsTheRowsThatItNames() {
    long seed = Long.getLong("seed", 42L);
    var random = new Random(seed);
    for (WindowFrame frame : FRAMES) {
      for (boolean descending : new boolean[] {false, true}) {
        for (int rows : new int[] {0, 1, 40, 500}) {
          check(frame, descending, randomRows(random, rows, rows > 100 ? 100 : 12), "seed " + seed);
        }
      }
    }
  }

  private static void check(
      WindowFrame frame, boolean descending, List<List<@Nullable Object>> rows, String what) {
    var key = new Plan.SortKey(1, descending, false, null);
    List<Plan.WindowCall> calls =
        List.of(
            aggregate("sum", HEADER, 2),
            aggregate("count", HEADER, 2),
            aggregate("min", HEADER, 2),
            aggregate("groupArray", HEADER, 2),
            function("first_value", List.of(), frame, inputs(HEADER, 2)),
            function("last_value", List.of(), frame, inputs(HEADER, 2)),
            function("first_value_respect_nulls", List.of(), frame, inputs(HEADER, 2)),
            function("last_value_respect_nulls", List.of(), frame, inputs(HEADER, 2)),
            function(
                "nth_value",
                List.of(),
                frame,
                List.of(inputs(HEADER, 2).getFirst(), constant("UInt8", 2L))),
            function("lagInFrame", List.of(), frame, inputs(HEADER, 2)),
            function(
                "leadInFrame",
                List.of(),
                frame,
                List.of(inputs(HEADER, 2).getFirst(), constant("UInt8", 2L))));
    List<List<@Nullable Object>> found =
        evaluate(HEADER, rows, List.of(0), List.of(key), frame, calls);
    List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
    Comparator<List<@Nullable Object>> byKey =
        (x, y) ->
            x.get(1) == null || y.get(1) == null
                ? Boolean.compare(x.get(1) == null, y.get(1) == null)
                : descending
                    ? Long.compare((Long) y.get(1), (Long) x.get(1))
                    : Long.compare((Long) x.get(1), (Long) y.get(1));
    sorted.sort(
        Comparator.comparing(
                (List<@Nullable Object> r) -> (String) Objects.requireNonNull(r.get(0)))
            .thenComparing(byKey));
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      expected.add(expected(frame, descending, sorted, i));
    }
    assertThat(found).as("%s %s %s", what, frame, descending).isEqualTo(expected);
  }

  private static List<@Nullable Object> expected(
      WindowFrame frame, boolean descending, List<List<@Nullable Object>> sorted, int row) {
    List<Integer> members = members(frame, descending, sorted, row);
    List<@Nullable Object> all = new ArrayList<>();
    members.forEach(m -> all.add(sorted.get(m).get(2)));
    List<@Nullable Object> values = new ArrayList<>(all.stream().filter(Objects::nonNull).toList());
    List<@Nullable Object> out = new ArrayList<>(sorted.get(row));
    LongStream longs = values.stream().mapToLong(v -> (Long) Objects.requireNonNull(v));
    out.add(values.isEmpty() ? null : longs.sum());
    out.add((long) values.size());
    out.add(
        values.stream()
            .mapToLong(v -> (Long) Objects.requireNonNull(v))
            .boxed()
            .min(Comparator.naturalOrder())
            .orElse(null));
    out.add(values);
    out.add(values.isEmpty() ? null : values.getFirst());
    out.add(values.isEmpty() ? null : values.getLast());
    out.add(all.isEmpty() ? null : all.getFirst());
    out.add(all.isEmpty() ? null : all.getLast());
    out.add(all.size() < 2 ? null : all.get(1));
    out.add(members.contains(row - 1) ? sorted.get(row - 1).get(2) : null);
    out.add(members.contains(row + 2) ? sorted.get(row + 2).get(2) : null);
    return out;
  }

  /** The rows of a frame, each looked at by itself. */
  private static List<Integer> members(
      WindowFrame frame, boolean descending, List<List<@Nullable Object>> sorted, int row) {
    List<Integer> partition = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      if (Objects.equals(sorted.get(i).get(0), sorted.get(row).get(0))) {
        partition.add(i);
      }
    }
    List<@Nullable Object> groups = new ArrayList<>();
    partition.stream().map(i -> sorted.get(i).get(1)).distinct().forEach(groups::add);
    @Nullable Long own = (Long) sorted.get(row).get(1);
    Function<Integer, Double> distance =
        i -> {
          @Nullable Long key = (Long) sorted.get(i).get(1);
          return switch (frame.unit()) {
            case ROWS -> (double) (i - row);
            case GROUPS -> (double) (groups.indexOf(key) - groups.indexOf(own));
            case RANGE -> rangeDistance(frame, key, own, descending);
          };
        };
    double begin = frame.begin() == MIN ? Double.NEGATIVE_INFINITY : frame.begin();
    double end = frame.end() == MAX ? Double.POSITIVE_INFINITY : frame.end();
    // A bound never goes back: what an earlier row's frame has left behind stays behind.
    List<Integer> out = new ArrayList<>();
    for (int i : partition) {
      double d = distance.apply(i);
      if (d >= begin && d <= end) {
        out.add(i);
      }
    }
    return frame.unit() == WindowFrame.Unit.RANGE
        ? withNullRules(frame, sorted, partition, row, descending, out)
        : out;
  }

  private static double rangeDistance(
      WindowFrame frame, @Nullable Long key, @Nullable Long own, boolean descending) {
    if (key == null || own == null) {
      return key == own ? 0 : key == null ? Double.MAX_VALUE : -Double.MAX_VALUE;
    }
    return descending ? own - key : key - own;
  }

  /** With offsets, ClickHouse moves each bound on from the row before by comparisons with NULL. */
  private static List<Integer> withNullRules(
      WindowFrame frame,
      List<List<@Nullable Object>> sorted,
      List<Integer> partition,
      int row,
      boolean descending,
      List<Integer> plain) {
    boolean offsets =
        frame.begin() != MIN && frame.begin() != 0 || frame.end() != MAX && frame.end() != 0;
    if (!offsets || partition.stream().noneMatch(i -> sorted.get(i).get(1) == null)) {
      return plain;
    }
    int begin = bound(frame.begin(), 0, sorted, partition, row, descending);
    int end = bound(frame.end(), 1, sorted, partition, row, descending);
    List<Integer> out = new ArrayList<>();
    for (int i = begin; i < end; i++) {
      out.add(i);
    }
    return out;
  }

  private static int bound(
      long offset,
      int after,
      List<List<@Nullable Object>> sorted,
      List<Integer> partition,
      int row,
      boolean descending) {
    int first = partition.getFirst();
    int last = partition.getLast() + 1;
    if (offset == MIN || offset == MAX) {
      return offset == MIN ? first : last;
    }
    int at = first;
    for (int r = offset == 0 ? row : first; r <= row; r++) {
      while (at < last && order(sorted, at, r, offset, descending) < after) {
        at++;
      }
    }
    return at;
  }

  private static int order(
      List<List<@Nullable Object>> sorted, int a, int b, long offset, boolean descending) {
    @Nullable Long x = (Long) sorted.get(a).get(1);
    @Nullable Long y = (Long) sorted.get(b).get(1);
    int c;
    if (x == null || y == null) {
      c = Boolean.compare(x != null, y != null);
      if (offset == 0 && c != 0) {
        return x == null ? 1 : -1;
      }
    } else {
      c = Long.compare(x, y + (descending ? -offset : offset));
    }
    return descending ? -c : c;
  }

  @Test
  void nullsInARangeAsInClickHouse() {
    Header h = Rows.header("Nullable(Int8)", "Int64");
    List<List<@Nullable Object>> rows =
        List.of(
            Arrays.asList(1L, 1L),
            Arrays.asList(2L, 2L),
            Arrays.asList(null, 3L),
            Arrays.asList(4L, 4L),
            Arrays.asList(null, 5L));
    var frame = new WindowFrame(WindowFrame.Unit.RANGE, -1, 0);
    assertThat(
            evaluate(
                    h,
                    rows,
                    List.of(),
                    List.of(new Plan.SortKey(0, true, false, null)),
                    frame,
                    List.of(aggregate("sum", h, 1)))
                .stream()
                .map(r -> r.get(2)))
        .containsExactly(4L, 2L, 3L, 8L, 8L);
    assertThat(
            evaluate(
                    h,
                    rows,
                    List.of(),
                    List.of(new Plan.SortKey(0, true, true, null)),
                    frame,
                    List.of(aggregate("sum", h, 1)))
                .stream()
                .map(r -> r.get(2)))
        .containsExactly(8L, 8L, 12L, 14L, 15L);
  }

  /** Rows 0 to n - 1 in two columns, ordered by the first. */
  private static List<@Nullable Object> overNumbers(
      String type, int n, Function<Long, Object> second, Plan.WindowCall call, WindowFrame frame) {
    Header h = Rows.header(type, "Float64");
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      rows.add(Arrays.asList(i, second.apply(i)));
    }
    List<@Nullable Object> out = new ArrayList<>();
    evaluate(
            h,
            rows,
            List.of(),
            List.of(new Plan.SortKey(0, false, false, null)),
            frame,
            List.of(call))
        .forEach(r -> out.add(r.getLast()));
    return out;
  }

  private static List<@Nullable Object> ranks(String name, List<Expr> arguments) {
    Header h = Rows.header("Int64");
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long i = 0; i < 7; i++) {
      rows.add(Arrays.asList(i / 2));
    }
    List<@Nullable Object> out = new ArrayList<>();
    evaluate(
            h,
            rows,
            List.of(),
            List.of(new Plan.SortKey(0, false, false, null)),
            WindowFrame.UP_TO_CURRENT,
            List.of(function(name, List.of(), null, arguments)))
        .forEach(r -> out.add(r.getLast()));
    return out;
  }

  @Test
  void ranksAsInClickHouse() {
    assertThat(ranks("row_number", List.of())).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(ranks("RANK", List.of())).containsExactly(1L, 1L, 3L, 3L, 5L, 5L, 7L);
    assertThat(ranks("dense_rank", List.of())).containsExactly(1L, 1L, 2L, 2L, 3L, 3L, 4L);
    assertThat(ranks("percent_rank", List.of()))
        .containsExactly(
            0.0,
            0.0,
            0.3333333333333333,
            0.3333333333333333,
            0.6666666666666666,
            0.6666666666666666,
            1.0);
    assertThat(ranks("cume_dist", List.of()))
        .containsExactly(
            0.2857142857142857,
            0.2857142857142857,
            0.5714285714285714,
            0.5714285714285714,
            0.8571428571428571,
            0.8571428571428571,
            1.0);
    assertThat(ranks("ntile", List.of(constant("UInt8", 3L))))
        .containsExactly(1L, 1L, 1L, 2L, 2L, 3L, 3L);
    assertThat(ranks("ntile", List.of(constant("UInt8", 9L))))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void shiftsAsInClickHouse() {
    Header h = Rows.header("Int64", "Float64");
    Expr number = new Expr.Input(0, h.type(0));
    Expr fallback =
        new Expr.Constant(
            Rows.block(Rows.header("Int64"), List.of(List.of(99L))).column(0), h.type(0));
    var upToRow = WindowFrame.UP_TO_CURRENT;
    assertThat(shift("lagInFrame", List.of(number), upToRow)).containsExactly(0L, 0L, 1L, 2L, 3L);
    assertThat(shift("lagInFrame", List.of(number, constant("UInt8", 2L), fallback), upToRow))
        .containsExactly(99L, 99L, 0L, 1L, 2L);
    assertThat(shift("leadInFrame", List.of(number), upToRow)).containsExactly(0L, 0L, 0L, 0L, 0L);
    assertThat(shift("lag", List.of(number, constant("UInt8", 2L), fallback), null))
        .containsExactly(99L, 99L, 0L, 1L, 2L);
    assertThat(shift("lead", List.of(number, constant("UInt8", 1L), number), null))
        .containsExactly(1L, 2L, 3L, 4L, 4L);
    assertThat(shift("lagInFrame", List.of(number, number), upToRow))
        .containsExactly(0L, 0L, 0L, 0L, 0L);
  }

  private static List<@Nullable Object> shift(
      String name, List<Expr> arguments, @Nullable WindowFrame frame) {
    return overNumbers(
        "Int64",
        5,
        Long::doubleValue,
        function(name, List.of(), frame, arguments),
        WindowFrame.UP_TO_CURRENT);
  }

  @Test
  void timeDecayAsInClickHouse() {
    var whole = WindowFrame.UP_TO_CURRENT;
    Header h = Rows.header("UInt64");
    Expr n = new Expr.Input(0, h.type(0));
    List<Argument> ten = List.of(constant("UInt8", 10L).asArgument());
    closeTo(
        "exponentialTimeDecayedSum",
        ten,
        List.of(n, n),
        whole,
        0,
        1,
        2.9048374180359593,
        5.628405589149901);
    closeTo("exponentialTimeDecayedMax", ten, List.of(n, n), whole, 0, 1, 2, 3);
    closeTo(
        "exponentialTimeDecayedCount",
        ten,
        List.of(n),
        whole,
        1,
        1.9048374180359595,
        2.723568171113941,
        3.4643863917956588);
    closeTo(
        "exponentialTimeDecayedAvg",
        ten,
        List.of(n, n),
        whole,
        0,
        0.52497918747894,
        1.0665557957551983,
        1.6246471821038961);
  }

  private static void closeTo(
      String name,
      List<Argument> parameters,
      List<Expr> arguments,
      WindowFrame frame,
      double... expected) {
    List<@Nullable Object> found =
        overNumbers(
            "UInt64",
            expected.length,
            Long::doubleValue,
            function(name, parameters, frame, arguments),
            frame);
    for (int i = 0; i < expected.length; i++) {
      assertThat((Double) found.get(i))
          .as(name + " " + i)
          .isCloseTo(expected[i], within(1e-15 * Math.max(1, expected[i])));
    }
  }

  @Test
  void derivativeAsInClickHouse() {
    Header h = Rows.header("DateTime", "Float64");
    List<Expr> arguments = List.of(new Expr.Input(1, h.type(1)), new Expr.Input(0, h.type(0)));
    assertThat(
            overNumbers(
                "DateTime",
                4,
                i -> i * 10.0,
                function("nonNegativeDerivative", List.of(), null, arguments),
                WindowFrame.UP_TO_CURRENT))
        .containsExactly(0.0, 10.0, 10.0, 10.0);
    List<Expr> perTwo = new ArrayList<>(arguments);
    perTwo.add(
        new Expr.Constant(
            io.longhouse.column.Int64Column.of(2), Rows.header("IntervalSecond").type(0)));
    assertThat(
            overNumbers(
                "DateTime",
                4,
                i -> i == 2 ? 0.0 : i * 10.0,
                function("nonNegativeDerivative", List.of(), null, perTwo),
                WindowFrame.UP_TO_CURRENT))
        .containsExactly(0.0, 20.0, 0.0, 60.0);
  }

  @Test
  void wrongArguments() {
    refuses(36, "ntile", List.of(constant("UInt8", 0L)), null);
    refuses(36, "ntile", List.of(constant("UInt8", 3L)), WindowFrame.UP_TO_CURRENT);
    refuses(36, "lag", inputs(HEADER, 2), WindowFrame.UP_TO_CURRENT);
    refuses(36, "lagInFrame", List.of(inputs(HEADER, 2).getFirst(), constant("String", "a")), null);
    refuses(42, "rank", inputs(HEADER, 2), null);
    refuses(42, "nth_value", inputs(HEADER, 2), null);
    refuses(42, "exponentialTimeDecayedSum", inputs(HEADER, 2, 2), null);
    refuses(35, "lagInFrame", List.of(), null);
    assertThatThrownBy(
            () -> shift("lagInFrame", List.of(constant("Int64", 1L), constant("Int8", -1L)), null))
        .hasMessage(
            "The offset for function lagInFrame must be in (0, 9223372036854775807], -1 given");
  }

  private static void refuses(
      int code, String name, List<Expr> arguments, @Nullable WindowFrame frame) {
    assertThatThrownBy(() -> function(name, List.of(), frame, arguments))
        .isInstanceOfSatisfying(
            LonghouseException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void resultsAreCharged() {
    Header h = Rows.header("Int64");
    List<List<@Nullable Object>> rows = new ArrayList<>();
    LongStream.range(0, 10_000).forEach(i -> rows.add(Arrays.asList(i)));
    Plan.WindowCall call = aggregate("sum", h, 0);
    var plan =
        new Plan.Window(
            new Plan.Values(h, List.of()),
            List.of(),
            List.of(),
            WindowFrame.WHOLE,
            List.of(call),
            Rows.header("Int64", "Int64"));
    Block block = Rows.block(h, rows);
    assertThatThrownBy(() -> WindowEvaluation.evaluate(plan, block, Rows.context(10_000)))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(241));
  }

  @Test
  void floatSumsOverGrowingFramesAddRowByRow() {
    var frame = new WindowFrame(WindowFrame.Unit.ROWS, MIN, 0);
    Header h = Rows.header("Int64", "Float64");
    List<@Nullable Object> found =
        overNumbers("Int64", 1000, i -> 0.1 * i, aggregate("sum", h, 1), frame);
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      sum += 0.1 * i;
      assertThat(found.get(i)).isEqualTo(sum);
    }
  }
}
