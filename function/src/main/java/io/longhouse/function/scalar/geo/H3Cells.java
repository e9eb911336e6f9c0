package io.longhouse.function.scalar.geo;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What H3 indexes say of themselves, and their places in the hierarchy; see {@link H3Index}. */
@Register(
    kind = FunctionFactory.class,
    name = "h3IsValid",
    category = "Geo",
    doc = "Whether a number is an H3 index.")
@Register(
    kind = FunctionFactory.class,
    name = "h3GetResolution",
    category = "Geo",
    doc = "The resolution of an H3 index.")
@Register(
    kind = FunctionFactory.class,
    name = "h3GetBaseCell",
    category = "Geo",
    doc = "The base cell of an H3 index.")
@Register(
    kind = FunctionFactory.class,
    name = "h3IsPentagon",
    category = "Geo",
    doc = "Whether an H3 index is a pentagon.")
@Register(
    kind = FunctionFactory.class,
    name = "h3IsResClassIII",
    category = "Geo",
    doc = "Whether an H3 index has a resolution of class III, an odd one.")
@Register(
    kind = FunctionFactory.class,
    name = "h3ToString",
    category = "Geo",
    doc = "An H3 index in hexadecimal.")
@Register(
    kind = FunctionFactory.class,
    name = "stringToH3",
    category = "Geo",
    doc = "The H3 index of its hexadecimal text.")
@Register(
    kind = FunctionFactory.class,
    name = "h3ToParent",
    category = "Geo",
    doc = "The coarser H3 index around one, 0 where there is none.")
@Register(
    kind = FunctionFactory.class,
    name = "h3ToCenterChild",
    category = "Geo",
    doc = "The finer H3 index in the middle of one.")
@Register(
    kind = FunctionFactory.class,
    name = "h3ToChildren",
    category = "Geo",
    doc = "All finer H3 indexes in one.")
@Register(
    kind = FunctionFactory.class,
    name = "h3GetRes0Indexes",
    category = "Geo",
    doc = "All H3 indexes of resolution 0.")
@Register(
    kind = FunctionFactory.class,
    name = "h3GetPentagonIndexes",
    category = "Geo",
    doc = "The pentagons of a resolution.")
final class H3Cells implements FunctionFactory {
  private static final long CHILDREN_MAX = 10_000_000;

  private final String name;

  H3Cells(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    DataType indexes = new ArrayType(IntegerType.UINT64);
    return switch (name) {
      case "h3GetRes0Indexes" -> {
        s.count(0);
        long[] all = new long[H3Index.BASE_CELLS];
        Arrays.setAll(all, H3Index::ofBaseCell);
        yield Resolved.of(indexes, (_, rows) -> new ConstColumn(one(all), rows));
      }
      case "h3GetPentagonIndexes" -> {
        resolutions(s.count(1), 0);
        yield Resolved.throwing(indexes, this::pentagons);
      }
      case "stringToH3" -> {
        s.count(1).string(0);
        yield Resolved.throwing(IntegerType.UINT64, (c, rows) -> ofText(Rows.bytes(c[0]), rows));
      }
      case "h3ToString" -> {
        index(s.count(1));
        yield Resolved.throwing(StringType.TYPE, H3Cells::toText);
      }
      case "h3ToParent", "h3ToCenterChild" -> {
        index(s.count(2));
        resolutions(s, 1);
        yield Resolved.throwing(IntegerType.UINT64, this::relative);
      }
      case "h3ToChildren" -> {
        index(s.count(2));
        resolutions(s, 1);
        yield Resolved.throwing(indexes, this::children);
      }
      default -> {
        index(s.count(1));
        yield Resolved.throwing(IntegerType.UINT8, this::facts);
      }
    };
  }

  private static void index(Signature s) {
    if (!IntegerType.UINT64.equals(s.type(0))) {
      throw s.illegal(0, "must be UInt64");
    }
  }

  private static void resolutions(Signature s, int i) {
    if (!IntegerType.UINT8.equals(s.type(i))) {
      throw s.illegal(i, "must be UInt8");
    }
  }

  private static ArrayColumn one(long[] values) {
    return new ArrayColumn(new int[] {0, values.length}, new Int64Column(values, values.length), 1);
  }

  /** Indexes, all of which must be valid. */
  private static long[] valid(Column c) {
    long[] h = Rows.longs(c.full(), false);
    for (long index : h) {
      if (!H3Index.isValid(index)) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA, "Invalid H3 index: " + Long.toUnsignedString(index));
      }
    }
    return h;
  }

  private Column facts(Column[] c, int rows) {
    long[] h = name.equals("h3IsValid") ? Rows.longs(c[0].full(), false) : valid(c[0]);
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      out[r] =
          (byte)
              switch (name) {
                case "h3IsValid" -> H3Index.isValid(h[r]) ? 1 : 0;
                case "h3GetResolution" -> H3Index.resolution(h[r]);
                case "h3GetBaseCell" -> H3Index.baseCell(h[r]);
                case "h3IsPentagon" -> H3Index.isPentagon(h[r]) ? 1 : 0;
                default -> H3Index.resolution(h[r]) & 1;
              };
    }
    return new Int8Column(out, rows);
  }

  private int resolution(long v) {
    return H3Measures.checked(name, v);
  }

  private Column relative(Column[] c, int rows) {
    long[] h = valid(c[0]);
    long[] resolution = Rows.longs(c[1].full(), false);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int to = resolution(resolution[r]);
      out[r] = name.equals("h3ToParent") ? H3Index.parent(h[r], to) : H3Index.centerChild(h[r], to);
    }
    return new Int64Column(out, rows);
  }

  private Column children(Column[] c, int rows) {
    long[] h = valid(c[0]);
    long[] resolution = Rows.longs(c[1].full(), false);
    int[] offsets = new int[rows + 1];
    long total = 0;
    for (int r = 0; r < rows; r++) {
      total += H3Index.childCount(h[r], resolution(resolution[r]));
      if (total > CHILDREN_MAX) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_ARRAY_SIZE,
            "The result of function "
                + name
                + " would have more than "
                + CHILDREN_MAX
                + " elements");
      }
      offsets[r + 1] = (int) total;
    }
    long[] out = new long[(int) total];
    for (int r = 0; r < rows; r++) {
      if (offsets[r + 1] > offsets[r]) {
        H3Index.children(h[r], (int) resolution[r], out, offsets[r]);
      }
    }
    return new ArrayColumn(offsets, new Int64Column(out, out.length), rows);
  }

  private Column pentagons(Column[] c, int rows) {
    long[] resolution = Rows.longs(c[0].full(), false);
    int[] offsets = new int[rows + 1];
    var out = new Int64Column.Builder(12 * rows);
    for (int r = 0; r < rows; r++) {
      for (long h : H3Index.pentagons(resolution(resolution[r]))) {
        out.add(h);
      }
      offsets[r + 1] = out.size();
    }
    return new ArrayColumn(offsets, out.build(), rows);
  }

  private static Column toText(Column[] c, int rows) {
    long[] h = valid(c[0]);
    var out = new StringRows.Text(rows, 16 * rows);
    for (int r = 0; r < rows; r++) {
      out.add(Long.toHexString(h[r]).getBytes(StandardCharsets.US_ASCII));
      out.endRow();
    }
    return out.build();
  }

  private static Column ofText(Rows.Bytes text, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      long h = 0;
      int i = text.from(r);
      for (; i < text.to(r) && Character.digit(text.bytes()[i], 16) >= 0; i++) {
        h = h << 4 | Character.digit(text.bytes()[i], 16);
      }
      if (i == text.from(r)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, "No H3 index in the argument of stringToH3");
      }
      out[r] = h;
    }
    return new Int64Column(out, rows);
  }
}
