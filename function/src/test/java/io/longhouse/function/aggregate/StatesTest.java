package io.longhouse.function.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.aggregate.state.BinaryValues;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of the list gives ClickHouse's states and results, byte for byte. */
class StatesTest {
  private static final Map<String, Golden.Input> COLUMNS = Golden.columns();
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static List<Golden.Call> calls() {
    return Golden.calls();
  }

  /** Calls whose results do not hang on which of several equally frequent values comes first. */
  static List<Golden.Call> callsWithoutTies() {
    return Golden.calls().stream()
        .filter(c -> !c.name().startsWith("topK") && !c.name().startsWith("approx_top"))
        .toList();
  }

  private static AggregateFunction resolve(Golden.Call call) {
    List<DataType> types = call.arguments().stream().map(a -> COLUMNS.get(a).type()).toList();
    return Aggregates.resolve(call.name(), call.parameters(), types);
  }

  private static Column[] arguments(Golden.Call call, int from, int to) {
    return call.arguments().stream()
        .map(a -> COLUMNS.get(a).column().slice(from, to - from))
        .toArray(Column[]::new);
  }

  private static String state(AggregateFunction f, GroupStates states, int group) {
    var out = new ByteWriter(64);
    f.serialize(states, 0, 0, group, out);
    return HEX.formatHex(out.toByteArray());
  }

  private static String result(AggregateFunction f, GroupStates states, int first, int count) {
    ColumnBuilder b = f.resultType().newBuilder(count);
    f.result(states, 0, 0, first, count, b);
    Column c = b.build();
    assertThat(c.size()).isEqualTo(count);
    var out = new ByteWriter(64);
    for (int r = 0; r < count; r++) {
      BinaryValues.write(c, r, false, out);
    }
    return HEX.formatHex(out.toByteArray());
  }

  private static GroupStates single(AggregateFunction f, Golden.Call call, int from, int to) {
    GroupStates states = GroupStates.of(f, 3);
    f.addToOne(states, 0, 0, 1, arguments(call, from, to), to - from);
    return states;
  }

  /** Functions whose last digits hang on how a logarithm or an integral was computed. */
  private static final List<String> APPROXIMATE =
      List.of(
          "entropy",
          "studentTTest",
          "studentTTestOneSample",
          "welchTTest",
          "meanZTest",
          "categoricalInformationValue",
          "theilsU",
          "cramersV",
          "cramersVBiasCorrected",
          "contingency");

  private static void assertResult(
      Golden.Call call, AggregateFunction f, GroupStates states, int first, int count, String hex) {
    String actual = nan(result(f, states, first, count));
    if (!APPROXIMATE.contains(call.name())) {
      assertThat(actual).isEqualTo(nan(hex));
      return;
    }
    ColumnBuilder b = f.resultType().newBuilder(count);
    f.result(states, 0, 0, first, count, b);
    Column found = b.build();
    var in = new ByteReader(HEX.parseHex(hex));
    for (int r = 0; r < count; r++) {
      BinaryValues.read(in, false, b);
    }
    assertClose(found, b.build());
  }

  private static void assertClose(Column actual, Column expected) {
    switch (actual) {
      case Float64Column a -> {
        double[] e = ((Float64Column) expected).values();
        for (int i = 0; i < a.size(); i++) {
          double v = a.values()[i];
          boolean close = Math.abs(v - e[i]) <= 1e-11 * Math.max(1e-3, Math.abs(e[i]));
          assertThat(close || Double.compare(v, e[i]) == 0 || Double.isNaN(v) && Double.isNaN(e[i]))
              .as(v + " is " + e[i])
              .isTrue();
        }
      }
      case TupleColumn a -> {
        for (int i = 0; i < a.elements().size(); i++) {
          assertClose(a.elements().get(i), ((TupleColumn) expected).elements().get(i));
        }
      }
      case ArrayColumn a -> assertClose(a.elements(), ((ArrayColumn) expected).elements());
      case NullableColumn a -> assertClose(a.values(), ((NullableColumn) expected).values());
      default -> throw new IllegalArgumentException(actual.getClass().toString());
    }
  }

  /** NaN has many forms of which x86 makes a negative one; all are one here. */
  private static String nan(String hex) {
    return hex.replace("000000000000F8FF", "000000000000F87F").replace("0000C0FF", "0000C07F");
  }

  private static boolean hasFloats(DataType type) {
    return switch (type) {
      case FloatType _ -> true;
      case NullableType n -> hasFloats(n.nested());
      case ArrayType a -> hasFloats(a.element());
      case TupleType t -> t.elements().stream().anyMatch(StatesTest::hasFloats);
      default -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("calls")
  void stateAndResultOfOneGroup(Golden.Call call) {
    AggregateFunction f = resolve(call);
    assertThat(f.resultType().name()).isEqualTo(call.type());
    GroupStates states = single(f, call, 0, Golden.ROWS);
    assertResult(call, f, states, 1, 1, call.result());
    if (f.resultType() instanceof MapType) {
      assertSameValues(state(f, states, 1), call.state());
    } else {
      assertThat(nan(state(f, states, 1))).isEqualTo(nan(call.state()));
    }
    assertThat(nan(state(f, states, 0))).isEqualTo(nan(call.emptyState()));
    assertResult(call, f, states, 0, 1, call.emptyResult());
  }

  @ParameterizedTest
  @MethodSource("callsWithoutTies")
  void resultsOfSevenGroups(Golden.Call call) {
    AggregateFunction f = resolve(call);
    GroupStates states = GroupStates.of(f, 7);
    int[] groups = new int[Golden.ROWS];
    Arrays.setAll(groups, r -> r % 7);
    for (int from = 0; from < Golden.ROWS; from += 33) {
      int to = Math.min(Golden.ROWS, from + 33);
      f.add(
          states, 0, 0, Arrays.copyOfRange(groups, from, to), arguments(call, from, to), to - from);
    }
    assertResult(call, f, states, 0, 7, call.groupResults());
  }

  /** Whether ClickHouse's order hangs on how a table grew, or on an unordered map. */
  private static boolean isUnordered(Golden.Call call) {
    return call.name().startsWith("uniq")
        || call.name().contains("Distinct")
        || call.type().startsWith("Map");
  }

  @ParameterizedTest
  @MethodSource("callsWithOneMerge")
  void mergedStates(Golden.Call call) {
    AggregateFunction f = resolve(call);
    GroupStates left = single(f, call, 0, 40);
    GroupStates right = single(f, call, 40, Golden.ROWS);
    f.merge(left, 0, 0, new int[] {1}, left, 0, 0, new int[] {0}, 1);
    f.merge(left, 0, 0, new int[] {1}, right, 0, 0, new int[] {1}, 1);
    if (isUnordered(call)) {
      assertSameValues(nan(result(f, left, 1, 1)), nan(call.mergedResult()));
      assertSameValues(state(f, left, 1), call.mergedState());
    } else {
      assertResult(call, f, left, 1, 1, call.mergedResult());
      assertThat(nan(state(f, left, 1))).isEqualTo(nan(call.mergedState()));
    }
  }

  /** Calls whose merge does not hang on what a generator of random numbers gave before. */
  static List<Golden.Call> callsWithOneMerge() {
    return Golden.calls().stream().filter(c -> !c.name().equals("groupArraySample")).toList();
  }

  /** Calls whose states hold all that the result needs. */
  static List<Golden.Call> callsWithWholeStates() {
    return Golden.calls().stream().filter(c -> !c.name().equals("singleValueOrNull")).toList();
  }

  @ParameterizedTest
  @MethodSource("callsWithWholeStates")
  void statesAreReadBack(Golden.Call call) {
    AggregateFunction f = resolve(call);
    GroupStates states = GroupStates.of(f, 3);
    byte[] bytes = HEX.parseHex(call.state());
    byte[] two = Arrays.copyOf(bytes, bytes.length + 1);
    var in = new ByteReader(two);
    f.deserialize(states, 0, 0, 1, in);
    assertThat(in.position()).isEqualTo(bytes.length);
    if (APPROXIMATE.contains(call.name())) {
      assertResult(call, f, states, 1, 1, call.result());
    } else {
      assertSameValues(nan(result(f, states, 1, 1)), nan(call.result()));
    }
    in.position(0);
    f.skip(in);
    assertThat(in.position()).isEqualTo(bytes.length);
    assertSameValues(nan(state(f, states, 1)), nan(call.state()));
  }

  /** Equal but for the order of values, which a hash table may change when it is read. */
  private static void assertSameValues(String actual, String expected) {
    byte[] a = HEX.parseHex(actual);
    byte[] b = HEX.parseHex(expected);
    Arrays.sort(a);
    Arrays.sort(b);
    assertThat(HEX.formatHex(a)).isEqualTo(HEX.formatHex(b));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void constantArgumentsAreLikeFullOnes(Golden.Call call) {
    AggregateFunction f = resolve(call);
    int row = 5;
    Column[] constants = new Column[call.arguments().size()];
    Column[] full = new Column[constants.length];
    for (int i = 0; i < constants.length; i++) {
      Column one = COLUMNS.get(call.arguments().get(i)).column().slice(row, 1);
      constants[i] = new ConstColumn(one, 20);
      full[i] = constants[i].full();
    }
    GroupStates a = GroupStates.of(f, 2);
    GroupStates b = GroupStates.of(f, 2);
    f.addToOne(a, 0, 0, 0, constants, 20);
    f.addToOne(b, 0, 0, 0, full, 20);
    int[] groups = new int[20];
    Arrays.fill(groups, 10, 20, 1);
    assertThat(result(f, a, 0, 1)).isEqualTo(result(f, b, 0, 1));
    GroupStates c = GroupStates.of(f, 2);
    GroupStates d = GroupStates.of(f, 2);
    f.add(c, 0, 0, groups, constants, 20);
    f.add(d, 0, 0, groups, full, 20);
    assertThat(state(f, c, 1)).isEqualTo(state(f, d, 1));
    assertThat(result(f, c, 0, 2)).isEqualTo(result(f, d, 0, 2));
  }
}
