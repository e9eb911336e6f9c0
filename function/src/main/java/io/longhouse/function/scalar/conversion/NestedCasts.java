package io.longhouse.function.scalar.conversion;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays, tuples and maps: their parts are converted. */
final class NestedCasts {
  private NestedCasts() {}

  static Cast of(DataType from, DataType to, Casts.Mode mode, FormatSettings settings) {
    boolean text = from instanceof StringType || from instanceof FixedStringType;
    return switch (to) {
      case ArrayType t -> {
        if (from instanceof ArrayType f) {
          yield new Arrays(Casts.of(f.element(), t.element(), mode, settings));
        }
        if (from instanceof MapType f) {
          yield new Arrays(Casts.of(f.entries().element(), t.element(), mode, settings));
        }
        if (text) {
          yield Parsing.of(to, settings);
        }
        throw new LonghouseException(
            ErrorCode.TYPE_MISMATCH,
            "CAST AS Array can only be performed between same-dimensional Array, Map or String"
                + " types");
      }
      case TupleType t -> {
        if (from instanceof TupleType f) {
          yield tuples(f, t, mode, settings);
        }
        if (text) {
          yield Parsing.of(to, settings);
        }
        throw new LonghouseException(
            ErrorCode.TYPE_MISMATCH,
            "CAST AS Tuple can only be performed between tuple types or from String. Left type: "
                + from
                + ", right type: "
                + to);
      }
      case MapType t -> maps(from, t, mode, settings);
      default ->
          throw new LonghouseException(
              ErrorCode.CANNOT_CONVERT_TYPE,
              "Conversion from " + from + " to " + to + " is not supported");
    };
  }

  private static Cast tuples(
      TupleType from, TupleType to, Casts.Mode mode, FormatSettings settings) {
    int n = to.elements().size();
    int[] sources = new int[n];
    boolean byName = from.named() && to.named();
    if (!byName && from.elements().size() != n) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "CAST AS Tuple can only be performed between tuple types with the same number of elements"
              + " or from String.");
    }
    List<Cast> casts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      sources[i] = byName ? from.names().indexOf(to.names().get(i)) : i;
      casts.add(
          sources[i] < 0
              ? Cast.IDENTITY
              : Casts.of(from.elements().get(sources[i]), to.elements().get(i), mode, settings));
    }
    return new Tuples(to, sources, casts);
  }

  private static Cast maps(DataType from, MapType to, Casts.Mode mode, FormatSettings settings) {
    DataType entry = to.entries().element();
    return switch (from) {
      case MapType f ->
          new Arrays(Casts.of(unnamed(f.entries().element()), unnamed(entry), mode, settings));
      case ArrayType f when f.element() instanceof TupleType t && t.elements().size() == 2 ->
          new Arrays(Casts.of(unnamed(t), unnamed(entry), mode, settings));
      case TupleType f
          when f.elements().size() == 2
              && f.elements().get(0) instanceof ArrayType k
              && f.elements().get(1) instanceof ArrayType v ->
          new Zip(
              Casts.of(k, new ArrayType(to.key()), mode, settings),
              Casts.of(v, new ArrayType(to.value()), mode, settings));
      default ->
          throw new LonghouseException(
              ErrorCode.TYPE_MISMATCH,
              "Unsupported types to CAST AS Map. Left type: " + from + ", right type: " + to);
    };
  }

  private static DataType unnamed(DataType tuple) {
    return new TupleType(((TupleType) tuple).elements());
  }

  /** Arrays whose elements are converted; a map is an array of pairs. */
  private static final class Arrays extends Cast {
    private final Cast element;

    Arrays(Cast element) {
      this.element = element;
    }

    @Override
    public boolean mayThrow() {
      return element.mayThrow();
    }

    @Override
    protected Column convert(Column source, int rows, byte @Nullable [] failed) {
      var a = (ArrayColumn) source;
      int n = a.offsets()[rows];
      Column elements = a.elements().size() == n ? a.elements() : a.elements().slice(0, n);
      return new ArrayColumn(a.offsets(), element.apply(elements, n).full(), rows);
    }
  }

  private static final class Tuples extends Cast {
    private final TupleType to;
    private final int[] sources;
    private final List<Cast> casts;

    Tuples(TupleType to, int[] sources, List<Cast> casts) {
      this.to = to;
      this.sources = sources;
      this.casts = casts;
    }

    @Override
    public boolean mayThrow() {
      return casts.stream().anyMatch(Cast::mayThrow);
    }

    @Override
    protected Column convert(Column source, int rows, byte @Nullable [] failed) {
      var t = (TupleColumn) source;
      List<Column> out = new ArrayList<>();
      for (int i = 0; i < sources.length; i++) {
        out.add(
            sources[i] < 0
                ? to.elements().get(i).defaults(rows).full()
                : casts.get(i).apply(t.elements().get(sources[i]), rows).full());
      }
      return new TupleColumn(out, rows);
    }
  }

  /** Two arrays of equal length as the keys and values of a map. */
  private static final class Zip extends Cast {
    private final Cast keys;
    private final Cast values;

    Zip(Cast keys, Cast values) {
      this.keys = keys;
      this.values = values;
    }

    @Override
    protected Column convert(Column source, int rows, byte @Nullable [] failed) {
      var t = (TupleColumn) source;
      var k = (ArrayColumn) keys.apply(t.elements().get(0), rows).full();
      var v = (ArrayColumn) values.apply(t.elements().get(1), rows).full();
      for (int r = 0; r < rows; r++) {
        if (k.offsets()[r + 1] != v.offsets()[r + 1]) {
          throw new LonghouseException(
              ErrorCode.TYPE_MISMATCH,
              "CAST AS Map from tuple requires 2 elements of arrays with the same size");
        }
      }
      int n = k.offsets()[rows];
      Column keyElements = k.elements().slice(0, n);
      Column valueElements = v.elements().slice(0, n);
      return new ArrayColumn(
          k.offsets(), new TupleColumn(List.of(keyElements, valueElements), n), rows);
    }
  }
}
