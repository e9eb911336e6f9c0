package io.longhouse.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.LonghouseException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** WITH FILL against what ClickHouse 26.7 answered. */
class FillTest {
  private static final String DATA = "1 2 x, 1 5 y, 3 3 z";

  private static Plan.SortKey asc(int column) {
    return new Plan.SortKey(column, false, false, null);
  }

  private static Plan.SortKey desc(int column) {
    return new Plan.SortKey(column, true, false, null);
  }

  private static Expr.@Nullable Constant constant(String type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    Header h = Rows.header(type);
    return new Expr.Constant(Rows.block(h, List.of(List.of(value))).column(0), h.type(0));
  }

  private static Plan.FillRange range(
      int key, @Nullable Object from, @Nullable Object to, @Nullable Object step) {
    return new Plan.FillRange(
        key, constant("Int16", from), constant("Int16", to), constant("Int8", step));
  }

  private static Plan.FillRange stale(
      int key, @Nullable Object to, @Nullable Object step, Object staleness) {
    return new Plan.FillRange(
        key, null, constant("Int16", to), constant("Int8", step), constant("Int16", staleness));
  }

  /** Rows as text: values apart by blanks, rows by commas, an empty string as {@code -}. */
  private static String fill(
      String types,
      String data,
      List<Plan.SortKey> keys,
      List<Plan.FillRange> ranges,
      List<Plan.Interpolation> interpolate,
      String... settings) {
    Header h = Rows.header(types.split(" (?![^(]*\\))"));
    var plan = new Plan.Fill(new Plan.Values(h, List.of()), keys, ranges, interpolate);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (String r : data.isEmpty() ? new String[0] : data.split(", ")) {
      String[] values = r.split(" ");
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        row.add(parse(h.type(i), values[i]));
      }
      rows.add(row);
    }
    String whole = text(run(plan, List.of(Rows.block(h, rows)), settings));
    List<Block> single = new ArrayList<>();
    rows.forEach(r -> single.add(Rows.block(h, List.of(r))));
    assertThat(text(run(plan, single, settings))).as("row by row").isEqualTo(whole);
    return whole;
  }

  private static List<List<@Nullable Object>> run(
      Plan.Fill plan, List<Block> blocks, String... settings) {
    return Rows.drain(new FillLane(new BlocksLane(blocks), plan, Rows.context(settings)));
  }

  private static @Nullable Object parse(DataType type, String value) {
    if (value.equals("NULL")) {
      return null;
    }
    String name = type.name();
    return name.equals("String")
        ? value
        : name.startsWith("Float") ? (Object) Double.valueOf(value) : (Object) Long.valueOf(value);
  }

  private static String text(List<List<@Nullable Object>> rows) {
    List<String> out = new ArrayList<>();
    for (List<@Nullable Object> r : rows) {
      List<String> values = new ArrayList<>();
      for (Object v : r) {
        values.add(v == null ? "NULL" : v.equals("") ? "-" : v.toString());
      }
      out.add(String.join(" ", values));
    }
    return String.join(", ", out);
  }

  @Test
  void twoKeys() {
    String types = "Int32 Int32 String";
    assertThat(
            fill(
                types,
                DATA,
                List.of(asc(0), asc(1)),
                List.of(range(0, null, null, null), range(1, null, null, null)),
                List.of()))
        .isEqualTo("1 2 x, 1 3 -, 1 4 -, 1 5 y, 2 0 -, 3 3 z");
    assertThat(
            fill(
                types,
                DATA,
                List.of(asc(0), asc(1)),
                List.of(range(0, null, null, null), range(1, 1L, 4L, null)),
                List.of()))
        .isEqualTo("1 1 -, 1 2 x, 1 3 -, 1 5 y, 2 1 -, 2 2 -, 2 3 -, 3 1 -, 3 2 -, 3 3 z");
    assertThat(
            fill(
                types,
                DATA,
                List.of(asc(0), asc(1)),
                List.of(range(0, 0L, 5L, null), range(1, null, 7L, 2L)),
                List.of()))
        .isEqualTo("0 0 -, 1 2 x, 1 4 -, 1 5 y, 1 6 -, 2 0 -, 3 3 z, 3 5 -, 4 0 -");
    assertThat(
            fill(
                types,
                "3 3 z, 1 2 x, 1 5 y",
                List.of(desc(0), asc(1)),
                List.of(range(0, 4L, 0L, -1L), range(1, null, null, null)),
                List.of()))
        .isEqualTo("4 0 -, 3 3 z, 2 0 -, 1 2 x, 1 3 -, 1 4 -, 1 5 y");
  }

  @Test
  void withinAPrefix() {
    String types = "Int32 Int32 String";
    List<Plan.SortKey> keys = List.of(asc(0), asc(1));
    assertThat(fill(types, DATA, keys, List.of(range(1, 1L, 6L, null)), List.of()))
        .isEqualTo("1 1 -, 1 2 x, 1 3 -, 1 4 -, 1 5 y, 3 1 -, 3 2 -, 3 3 z, 3 4 -, 3 5 -");
    assertThat(
            fill(
                types,
                DATA,
                keys,
                List.of(range(1, 1L, 6L, null)),
                List.of(),
                "use_with_fill_by_sorting_prefix",
                "0"))
        .isEqualTo("0 1 -, 1 2 x, 0 3 -, 0 4 -, 1 5 y, 3 3 z, 0 5 -");
    assertThat(fill(types, DATA + ", 3 9 w", keys, List.of(range(1, null, null, 2L)), List.of()))
        .isEqualTo("1 2 x, 1 4 -, 1 5 y, 3 3 z, 3 5 -, 3 7 -, 3 9 w");
    assertThat(fill(types, DATA + ", 3 9 w", keys, List.of(range(1, 4L, 7L, null)), List.of()))
        .isEqualTo("1 2 x, 1 4 -, 1 5 y, 1 6 -, 3 3 z, 3 4 -, 3 5 -, 3 6 -, 3 9 w");
  }

  /** The sum of two Int64 columns. */
  private static final class Plus implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.INT64;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      long[] out = new long[rows];
      for (int i = 0; i < rows; i++) {
        out[i] =
            ((Int64Column) arguments[0].full()).values()[i]
                + ((Int64Column) arguments[1].full()).values()[i];
      }
      return new Int64Column(out, rows);
    }
  }

  @Test
  void interpolation() {
    String types = "Int64 Int64 String";
    var a = new Expr.Input(0, IntegerType.INT64);
    var b = new Expr.Input(1, IntegerType.INT64);
    var c = new Expr.Input(2, DataTypes.parse("String"));
    List<Plan.FillRange> range = List.of(range(0, 0L, 7L, null));
    assertThat(
            fill(
                types,
                "1 2 x, 4 7 y",
                List.of(asc(0)),
                range,
                List.of(
                    new Plan.Interpolation(1, new Expr.Call("plus", new Plus(), List.of(b, a))),
                    new Plan.Interpolation(2, c))))
        .isEqualTo("0 0 -, 1 2 x, 2 3 x, 3 5 x, 4 7 y, 5 11 y, 6 16 y");
    assertThat(
            fill(
                types,
                "1 2 x, 4 7 y",
                List.of(asc(0)),
                range,
                List.of(new Plan.Interpolation(1, b), new Plan.Interpolation(2, c))))
        .isEqualTo("0 0 -, 1 2 x, 2 2 x, 3 2 x, 4 7 y, 5 7 y, 6 7 y");
  }

  @Test
  void nulls() {
    assertThat(
            fill(
                "Nullable(Int32) Int32",
                "1 2, 4 7, NULL 9",
                List.of(asc(0)),
                List.of(range(0, null, 7L, null)),
                List.of()))
        .isEqualTo("1 2, 2 0, 3 0, 4 7, 5 0, 6 0, NULL 9, 6 0");
  }

  @Test
  void staleness() {
    String data = "0 1, 5 2, 10 3, 11 4, 30 5";
    var b = new Expr.Input(1, DataTypes.parse("Int32"));
    assertThat(
            fill(
                "Int32 Int32",
                data,
                List.of(asc(0)),
                List.of(stale(0, null, null, 3L)),
                List.of(new Plan.Interpolation(1, b))))
        .isEqualTo("0 1, 1 1, 2 1, 5 2, 6 2, 7 2, 10 3, 11 4, 12 4, 13 4, 30 5, 31 5, 32 5");
    assertThat(
            fill("Int32 Int32", data, List.of(asc(0)), List.of(stale(0, null, 2L, 7L)), List.of()))
        .isEqualTo(
            "0 1, 2 0, 4 0, 5 2, 6 0, 8 0, 10 3, 11 4, 12 0, 14 0, 16 0, 30 5, 32 0, 34 0, 36 0");
    assertThat(
            fill("Int32 Int32", data, List.of(asc(0)), List.of(stale(0, 33L, 2L, 9L)), List.of()))
        .isEqualTo("0 1, 2 0, 4 0, 5 2, 6 0, 8 0, 10 3, 11 4, 12 0, 14 0, 16 0, 18 0, 30 5, 32 0");
    assertThat(
            fill(
                "Int32",
                "10, 5, 0",
                List.of(desc(0)),
                List.of(stale(0, null, -2L, -5L)),
                List.of()))
        .isEqualTo("10, 8, 6, 5, 4, 2, 0, -2, -4");
    assertThat(
            fill(
                "UInt64",
                "10, 5, 0",
                List.of(desc(0)),
                List.of(stale(0, null, -2L, -5L)),
                List.of()))
        .isEqualTo("10, 8, 6, 5, 4, 2, 0");
  }

  @Test
  void floatsAndLimits() {
    assertThat(
            fill(
                "Float64",
                "0.5, 2, 3.75",
                List.of(asc(0)),
                List.of(
                    new Plan.FillRange(
                        0,
                        constant("UInt8", 0L),
                        constant("UInt8", 5L),
                        constant("Float64", 0.75))),
                List.of()))
        .isEqualTo("0.0, 0.5, 0.75, 1.5, 2.0, 2.25, 3.0, 3.75, 4.5");
    assertThat(
            fill(
                "UInt64",
                "-6, -3",
                List.of(asc(0)),
                List.of(range(0, null, null, null)),
                List.of()))
        .as("beyond 2^63")
        .isEqualTo("-6, -5, -4, -3");
    assertThat(
            fill(
                "Int32", "1, 2, 9, 12", List.of(asc(0)), List.of(range(0, 5L, 11L, 2L)), List.of()))
        .isEqualTo("1, 2, 5, 7, 9, 12");
    assertThat(
            fill(
                "Int32",
                "12, 9, 2, 2, 1",
                List.of(desc(0)),
                List.of(range(0, 11L, 0L, -4L)),
                List.of()))
        .isEqualTo("12, 11, 9, 7, 3, 2, 2, 1");
  }

  @Test
  void withoutRows() {
    List<Plan.FillRange> range = List.of(range(0, 1L, 4L, null));
    assertThat(fill("Int32 Int32", "", List.of(asc(0)), range, List.of()))
        .isEqualTo("1 0, 2 0, 3 0");
    assertThat(
            fill(
                "Int32 Int32",
                "",
                List.of(asc(1), asc(0)),
                List.of(range(1, 1L, 4L, null)),
                List.of()))
        .isEqualTo("1 0, 2 0, 3 0");
    assertThat(
            fill("Int32 Int32", "", List.of(asc(0)), List.of(range(0, null, 4L, null)), List.of()))
        .isEmpty();
  }

  private static String calendar(String type, String interval, long step, Long... values) {
    var range =
        new Plan.FillRange(
            0, null, null, new Expr.Constant(Int64Column.of(step), DataTypes.parse(interval)));
    List<String> data = Arrays.stream(values).map(String::valueOf).toList();
    return fill(
        type,
        String.join(", ", data),
        List.of(step < 0 ? desc(0) : asc(0)),
        List.of(range),
        List.of());
  }

  private static Long day(String date) {
    return LocalDate.parse(date).toEpochDay();
  }

  private static String days(String... dates) {
    return String.join(", ", Arrays.stream(dates).map(d -> day(d).toString()).toList());
  }

  @Test
  void calendarSteps() {
    assertThat(calendar("Date", "IntervalMonth", 1, day("2020-01-31"), day("2020-05-02")))
        .isEqualTo(days("2020-01-31", "2020-02-29", "2020-03-29", "2020-04-29", "2020-05-02"));
    assertThat(calendar("Date", "IntervalWeek", -1, day("2020-02-22"), day("2020-01-31")))
        .isEqualTo(days("2020-02-22", "2020-02-15", "2020-02-08", "2020-02-01", "2020-01-31"));
    LocalDateTime start = LocalDateTime.parse("2020-03-28T02:30:00");
    var berlin = ZoneId.of("Europe/Berlin");
    long end = LocalDateTime.parse("2020-03-31T05:00:00").atZone(berlin).toEpochSecond();
    assertThat(
            calendar(
                "DateTime('Europe/Berlin')",
                "IntervalDay",
                1,
                start.atZone(berlin).toEpochSecond(),
                end))
        .isEqualTo("1585359000, 1585441800, 1585524600, 1585611000, 1585623600");
    assertThat(
            calendar(
                "DateTime64(3, 'UTC')", "IntervalMillisecond", 500, 1585362600500L, 1585362602750L))
        .isEqualTo(
            "1585362600500, 1585362601000, 1585362601500, 1585362602000, 1585362602500,"
                + " 1585362602750");
  }

  @Test
  void aLongGapComesOutInPieces() {
    Header h = Rows.header("Int64");
    var plan =
        new Plan.Fill(
            new Plan.Values(h, List.of()),
            List.of(asc(0)),
            List.of(
                new Plan.FillRange(0, constant("Int64", 0L), constant("Int64", 200_000L), null)),
            List.of());
    Lane lane = new FillLane(new BlocksLane(List.of()), plan, Rows.context());
    long rows = 0;
    for (Block b = lane.next(); b != null; b = lane.next()) {
      assertThat(b.rows()).isLessThanOrEqualTo(Pipelines.BLOCK_ROWS);
      for (int i = 0; i < b.rows(); i++) {
        assertThat(((Int64Column) b.column(0)).values()[i]).isEqualTo(rows++);
      }
    }
    assertThat(rows).isEqualTo(200_000);
  }

  @Test
  void wrongBounds() {
    refuses("UInt8", asc(0), range(0, null, null, 0L), "STEP value cannot be zero");
    refuses("UInt8", asc(0), range(0, null, null, -1L), "negative for sorting in ascending");
    refuses("UInt8", desc(0), range(0, null, null, 1L), "positive for sorting in descending");
    refuses("UInt8", asc(0), range(0, 5L, 1L, null), "TO value cannot be less than FROM");
    refuses("UInt8", asc(0), range(0, -1L, 1L, null), "cannot be negative for unsigned type");
    refuses("String", asc(0), range(0, null, null, null), "Incompatible types of WITH FILL");
  }

  private static void refuses(String type, Plan.SortKey key, Plan.FillRange range, String message) {
    var plan =
        new Plan.Fill(
            new Plan.Values(Rows.header(type), List.of()), List.of(key), List.of(range), List.of());
    assertThatThrownBy(() -> new FillLane(new BlocksLane(List.of()), plan, Rows.context()))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(475))
        .hasMessageContaining(message);
  }
}
