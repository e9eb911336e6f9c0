package io.longhouse.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Header;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.Plan.JoinKind;
import io.longhouse.engine.plan.Plan.JoinStrictness;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joins against a join that looks at all pairs of rows. */
class JoinTest {
  /** Left rows are keys, then a number; so are right rows. */
  private record Case(
      JoinKind kind,
      JoinStrictness strictness,
      List<String> keyTypes,
      boolean nulls,
      boolean residual,
      int buildLanes,
      int probeLanes) {
    int keys() {
      return keyTypes.size();
    }

    Header side() {
      List<String> types = new ArrayList<>(keyTypes);
      types.add("Int64");
      return Rows.header(types.toArray(new String[0]));
    }

    Plan.Join plan() {
      Header side = side();
      var input = new Plan.Values(side, List.of());
      boolean nullLeft = nulls && (kind == JoinKind.RIGHT || kind == JoinKind.FULL);
      boolean nullRight = nulls && (kind == JoinKind.LEFT || kind == JoinKind.FULL);
      List<Header.Field> fields = new ArrayList<>();
      side.fields().forEach(f -> fields.add(nullable(f, nullLeft)));
      side.fields().forEach(f -> fields.add(nullable(f, nullRight)));
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < keys(); i++) {
        places.add(i);
      }
      DataType number = IntegerType.INT64;
      Expr less =
          new Expr.Call(
              "close",
              new CloseBy(),
              List.of(new Expr.Input(keys(), number), new Expr.Input(2 * keys() + 1, number)));
      return new Plan.Join(
          input,
          input,
          kind,
          strictness,
          places,
          places,
          residual ? less : null,
          strictness == JoinStrictness.ASOF ? "greaterOrEquals" : null,
          nulls,
          new Header(fields));
    }

    private static Header.Field nullable(Header.Field f, boolean yes) {
      return yes ? new Header.Field(f.name(), NullableType.orSame(f.type())) : f;
    }
  }

  /** Whether two numbers differ by less than 40: something that no key can say. */
  private static final class CloseBy implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] out = new byte[rows];
      for (int i = 0; i < rows; i++) {
        out[i] = (byte) (isClose(Rows.value(arguments[0], i), Rows.value(arguments[1], i)) ? 1 : 0);
      }
      return new Int8Column(out, rows);
    }

    static boolean isClose(@Nullable Object a, @Nullable Object b) {
      return Math.abs((Long) Objects.requireNonNull(a) - (Long) Objects.requireNonNull(b)) < 40;
    }
  }

  private static final List<List<String>> KEYS =
      List.of(
          List.of("UInt8"),
          List.of("Int64"),
          List.of("Nullable(Int32)"),
          List.of("String"),
          List.of("Nullable(String)"),
          List.of("Float64"),
          List.of("LowCardinality(String)"),
          List.of("LowCardinality(Nullable(String))"),
          List.of("Int32", "UInt8"),
          List.of("String", "Nullable(Int64)"),
          List.of());

  @Test
  void everyKindEqualsTheJoinOfAllPairs() {
    long seed = Long.getLong("seed", 20261120L);
    var random = new Random(seed);
    int cases = 0;
    for (List<String> keys : KEYS) {
      for (JoinKind kind : List.of(JoinKind.INNER, JoinKind.LEFT, JoinKind.RIGHT, JoinKind.FULL)) {
        for (JoinStrictness s :
            List.of(
                JoinStrictness.ALL, JoinStrictness.ANY, JoinStrictness.SEMI, JoinStrictness.ANTI)) {
          boolean semi = s == JoinStrictness.SEMI || s == JoinStrictness.ANTI;
          if (semi && kind != JoinKind.LEFT && kind != JoinKind.RIGHT
              || s == JoinStrictness.ANY && kind == JoinKind.FULL) {
            continue;
          }
          for (int flags = 0; flags < 8; flags++) {
            boolean ordered = s != JoinStrictness.ALL && kind != JoinKind.LEFT;
            var c =
                new Case(
                    kind,
                    s,
                    keys,
                    (flags & 1) != 0,
                    (flags & 2) != 0,
                    (flags & 4) != 0 ? 3 : 1,
                    (flags & 4) != 0 && !ordered ? 2 : 1);
            check(c, random, "seed " + seed + " " + c);
            cases++;
          }
        }
      }
    }
    assertThat(cases).isGreaterThan(800);
  }

  private static void check(Case c, Random random, String what) {
    List<List<@Nullable Object>> left = randomRows(c, random, 60);
    List<List<@Nullable Object>> right = randomRows(c, random, random.nextInt(10) == 0 ? 0 : 50);
    List<List<@Nullable Object>> expected = ofAllPairs(c, left, right);
    List<List<@Nullable Object>> found = join(c, left, right, random);
    Comparator<List<@Nullable Object>> order = Comparator.comparing(Object::toString);
    expected.sort(order);
    found.sort(order);
    assertThat(found).as(what).isEqualTo(expected);
  }

  private static List<List<@Nullable Object>> randomRows(Case c, Random random, int rows) {
    List<List<@Nullable Object>> out = new ArrayList<>();
    int range = random.nextBoolean() ? 10 : 100;
    for (int r = 0; r < rows; r++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (String type : c.keyTypes) {
        long n = random.nextInt(range);
        boolean isNull = type.contains("Nullable") && random.nextInt(5) == 0;
        row.add(
            isNull
                ? null
                : type.contains("String")
                    ? "key".repeat((int) (n % 3)) + n
                    : type.contains("Float") ? (Object) (n / 2.0) : (Object) n);
      }
      row.add((long) r);
      out.add(row);
    }
    return out;
  }

  private static List<List<@Nullable Object>> join(
      Case c,
      List<List<@Nullable Object>> left,
      List<List<@Nullable Object>> right,
      Random random) {
    var build = new JoinBuild(c.plan(), Rows.context());
    int at = 0;
    for (int l = 0; l < c.buildLanes; l++) {
      Sink.Local local = build.newLocal();
      int end = l == c.buildLanes - 1 ? right.size() : Math.min(right.size(), at + 17);
      while (at < end) {
        int n = Math.min(end - at, 1 + random.nextInt(20));
        local.consume(Rows.block(c.side(), right.subList(at, at + n)));
        at += n;
      }
      local.finish();
    }
    build.finish();
    List<Lane> lanes = new ArrayList<>();
    int share = (left.size() + c.probeLanes - 1) / c.probeLanes;
    for (int l = 0; l < c.probeLanes; l++) {
      List<Block> blocks = new ArrayList<>();
      for (int i = l * share; i < Math.min(left.size(), (l + 1) * share); i += 13) {
        int end = Math.min(Math.min(left.size(), (l + 1) * share), i + 13);
        blocks.add(Rows.block(c.side(), left.subList(i, end)));
      }
      lanes.add(new JoinLane(new BlocksLane(blocks), build));
    }
    List<List<@Nullable Object>> out = new ArrayList<>();
    for (Lane l : build.keepsUnmatchedRight() ? build.withUnmatched(lanes) : lanes) {
      out.addAll(Rows.drain(l));
    }
    return out;
  }

  private static boolean meets(Case c, List<@Nullable Object> l, List<@Nullable Object> r) {
    for (int k = 0; k < c.keys(); k++) {
      if (l.get(k) == null || !Objects.equals(l.get(k), r.get(k))) {
        return false;
      }
    }
    return !c.residual || CloseBy.isClose(l.get(c.keys()), r.get(c.keys()));
  }

  private static List<List<@Nullable Object>> ofAllPairs(
      Case c, List<List<@Nullable Object>> left, List<List<@Nullable Object>> right) {
    List<List<@Nullable Object>> out = new ArrayList<>();
    Set<Integer> met = new HashSet<>();
    boolean rightKind = c.kind == JoinKind.RIGHT;
    for (List<@Nullable Object> l : left) {
      List<Integer> found = new ArrayList<>();
      for (int r = 0; r < right.size(); r++) {
        if (meets(c, l, right.get(r))) {
          found.add(r);
        }
      }
      List<Integer> taken =
          switch (c.strictness) {
            case ALL, ASOF -> found;
            case ANY ->
                rightKind
                    ? notIn(found, met)
                    : c.kind == JoinKind.INNER
                        ? first(notIn(c.residual ? found : first(found), met))
                        : first(found);
            case SEMI -> rightKind ? notIn(found, met) : first(found);
            case ANTI -> List.of();
          };
      for (int r : taken) {
        out.add(concat(l, right.get(r)));
      }
      met.addAll(c.strictness == JoinStrictness.ANTI ? found : taken);
      boolean keep = (c.kind == JoinKind.LEFT || c.kind == JoinKind.FULL);
      if (keep && found.isEmpty() && c.strictness != JoinStrictness.SEMI) {
        out.add(concat(l, missing(c)));
      }
    }
    if ((rightKind || c.kind == JoinKind.FULL) && c.strictness != JoinStrictness.SEMI) {
      for (int r = 0; r < right.size(); r++) {
        if (!met.contains(r)) {
          out.add(concat(missing(c), right.get(r)));
        }
      }
    }
    return out;
  }

  private static List<Integer> notIn(List<Integer> found, Set<Integer> met) {
    return found.stream().filter(r -> !met.contains(r)).toList();
  }

  private static List<Integer> first(List<Integer> found) {
    return found.isEmpty() ? found : found.subList(0, 1);
  }

  private static List<@Nullable Object> missing(Case c) {
    List<@Nullable Object> row = new ArrayList<>();
    List<String> types = new ArrayList<>(c.keyTypes);
    types.add("Int64");
    for (String t : types) {
      row.add(
          c.nulls || t.contains("Nullable")
              ? null
              : t.contains("String") ? "" : t.contains("Float") ? (Object) 0.0 : (Object) 0L);
    }
    return row;
  }

  private static List<@Nullable Object> concat(List<@Nullable Object> l, List<@Nullable Object> r) {
    List<@Nullable Object> both = new ArrayList<>(l);
    both.addAll(r);
    return both;
  }

  @Test
  void asofTakesTheNearestRowAndTheFirstAmongEquals() {
    var random = new Random(7);
    for (String function : List.of("less", "lessOrEquals", "greater", "greaterOrEquals")) {
      for (String type : List.of("Int64", "Nullable(Int32)", "Float64", "UInt8")) {
        for (boolean withKey : new boolean[] {true, false}) {
          for (JoinKind kind : List.of(JoinKind.INNER, JoinKind.LEFT)) {
            checkAsof(function, type, withKey, kind, random);
          }
        }
      }
    }
  }

  private static void checkAsof(
      String function, String type, boolean withKey, JoinKind kind, Random random) {
    var c =
        new Case(
            kind,
            JoinStrictness.ASOF,
            withKey ? List.of("String", type) : List.of(type),
            false,
            false,
            2,
            1);
    List<List<@Nullable Object>> left = randomRows(c, random, 40);
    List<List<@Nullable Object>> right = randomRows(c, random, 50);
    Plan.Join p = c.plan();
    var plan =
        new Plan.Join(
            p.left(),
            p.right(),
            kind,
            p.strictness(),
            p.leftKeys(),
            p.rightKeys(),
            null,
            function,
            false,
            p.header());
    var build = new JoinBuild(plan, Rows.context());
    Sink.Local local = build.newLocal();
    local.consume(Rows.block(c.side(), right.subList(0, 20)));
    local.consume(Rows.block(c.side(), right.subList(20, 50)));
    build.finish();
    var lane = new JoinLane(new BlocksLane(List.of(Rows.block(c.side(), left))), build);
    int k = c.keys() - 1;
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (List<@Nullable Object> l : left) {
      List<@Nullable Object> best = null;
      for (List<@Nullable Object> r : right) {
        if (withKey && !Objects.equals(l.get(0), r.get(0))
            || l.get(k) == null
            || r.get(k) == null) {
          continue;
        }
        int lr = compare(l.get(k), r.get(k));
        boolean holds =
            switch (function) {
              case "less" -> lr < 0;
              case "lessOrEquals" -> lr <= 0;
              case "greater" -> lr > 0;
              default -> lr >= 0;
            };
        int nearer = best == null ? 1 : compare(r.get(k), best.get(k));
        if (holds && (best == null || (function.startsWith("greater") ? nearer > 0 : nearer < 0))) {
          best = r;
        }
      }
      if (best != null || kind == JoinKind.LEFT) {
        expected.add(concat(l, best == null ? missing(c) : best));
      }
    }
    assertThat(Rows.drain(lane))
        .as("%s %s %s %s", function, type, withKey, kind)
        .isEqualTo(expected);
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    return a instanceof Double x
        ? Double.compare(x, (Double) Objects.requireNonNull(b))
        : Long.compare((Long) Objects.requireNonNull(a), (Long) Objects.requireNonNull(b));
  }

  @Test
  void rowsOfAKeyComeInPiecesAsInClickHouse() {
    var c = new Case(JoinKind.INNER, JoinStrictness.ALL, List.of("UInt8"), false, false, 1, 1);
    List<List<@Nullable Object>> left = List.of(Arrays.asList(1L, 100L));
    List<List<@Nullable Object>> right =
        LongStream.range(0, 20).mapToObj(i -> Arrays.<@Nullable Object>asList(1L, i)).toList();
    assertThat(join(c, left, right, new Random(1)).stream().map(r -> r.get(3)))
        .containsExactly(
            0L, 1L, 2L, 3L, 4L, 5L, 18L, 19L, 12L, 13L, 14L, 15L, 16L, 17L, 6L, 7L, 8L, 9L, 10L,
            11L);
  }

  @Test
  void aBlockWhoseMatchesExplodeComesOutInPieces() {
    var c = new Case(JoinKind.FULL, JoinStrictness.ALL, List.of("UInt8"), false, true, 1, 1);
    Header side = c.side();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long i = 0; i < 2000; i++) {
      rows.add(Arrays.asList(i % 2, i % 60));
    }
    var build = new JoinBuild(c.plan(), Rows.context());
    build.newLocal().consume(Rows.block(side, rows));
    build.finish();
    Lane lane =
        build
            .withUnmatched(
                List.of(new JoinLane(new BlocksLane(List.of(Rows.block(side, rows))), build)))
            .getFirst();
    long total = 0;
    for (Block b = lane.next(); b != null; b = lane.next()) {
      assertThat(b.rows()).isLessThanOrEqualTo(Pipelines.BLOCK_ROWS);
      total += b.rows();
    }
    long expected = 0;
    for (List<@Nullable Object> l : rows) {
      for (List<@Nullable Object> r : rows) {
        expected += meets(c, l, r) ? 1 : 0;
      }
    }
    assertThat(total).isEqualTo(expected);
  }

  @Test
  void constantColumnsJoinLikeOthers() {
    var c =
        new Case(JoinKind.LEFT, JoinStrictness.ALL, List.of("Nullable(Int32)"), false, false, 1, 1);
    Block one = Rows.block(c.side(), List.of(Arrays.asList(5L, 1L)));
    Column[] constant =
        Arrays.stream(one.columns()).map(k -> new ConstColumn(k, 3)).toArray(Column[]::new);
    var build = new JoinBuild(c.plan(), Rows.context());
    build.newLocal().consume(new Block(constant, 3));
    build.finish();
    var lane = new JoinLane(new BlocksLane(List.of(new Block(constant, 3))), build);
    assertThat(Rows.drain(lane)).hasSize(9).containsOnly(Arrays.asList(5L, 1L, 5L, 1L));
  }

  @Test
  void theRightSideHasLimits() {
    var c = new Case(JoinKind.INNER, JoinStrictness.ALL, List.of("UInt8"), false, false, 1, 1);
    List<List<@Nullable Object>> rows =
        LongStream.range(0, 20).mapToObj(i -> Arrays.<@Nullable Object>asList(i, i)).toList();
    Block block = Rows.block(c.side(), rows);
    var throwing = new JoinBuild(c.plan(), Rows.context("max_rows_in_join", "10"));
    assertThatThrownBy(() -> throwing.newLocal().consume(block))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(191))
        .hasMessage("Limit for JOIN exceeded, max rows: 10.00, current rows: 20.00");
    var breaking =
        new JoinBuild(
            c.plan(), Rows.context("max_rows_in_join", "10", "join_overflow_mode", "break"));
    Sink.Local local = breaking.newLocal();
    local.consume(block);
    assertThat(local.isSatisfied()).isTrue();
  }

  @Test
  void theRightSideIsChargedAndReleasedByTheEnd() {
    var c = new Case(JoinKind.INNER, JoinStrictness.ALL, List.of("String"), false, false, 1, 1);
    List<List<@Nullable Object>> rows =
        LongStream.range(0, 5000)
            .mapToObj(i -> Arrays.<@Nullable Object>asList("key" + i, i))
            .toList();
    Block block = Rows.block(c.side(), rows);
    QueryContext small = Rows.context(100_000);
    var refused = new JoinBuild(c.plan(), small);
    assertThatThrownBy(() -> refused.newLocal().consume(block))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(241));
    QueryContext enough = Rows.context(100_000_000);
    var build = new JoinBuild(c.plan(), enough);
    build.newLocal().consume(block);
    long collected = enough.memory().used();
    build.finish();
    assertThat(enough.memory().used()).isBetween(block.retainedBytes(), 2 * collected);
  }

  @Test
  void pasteGoesAsFarAsBothSides() {
    var c = new Case(JoinKind.PASTE, JoinStrictness.ALL, List.of(), false, false, 1, 1);
    var build = new JoinBuild(c.plan(), Rows.context());
    build
        .newLocal()
        .consume(Rows.block(c.side(), List.of(List.of(10L), List.of(11L), List.of(12L))));
    build.finish();
    var left =
        new BlocksLane(
            List.of(
                Rows.block(c.side(), List.of(List.of(1L), List.of(2L))),
                Rows.block(c.side(), List.of(List.of(3L), List.of(4L)))));
    assertThat(Rows.drain(new PasteJoinLane(left, build)))
        .containsExactly(List.of(1L, 10L), List.of(2L, 11L), List.of(3L, 12L));
  }
}
