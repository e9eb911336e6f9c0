package io.longhouse.column.serial;

import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How columns of one type become bytes and come back. Keeps what a writer or a reader has to
 * remember between two pieces of a column, so it belongs to one of them at a time.
 */
public abstract class BulkSerialization {
  /**
   * How strings and dictionaries are laid out.
   *
   * @param oneStream Native: everything in one stream, array ends instead of lengths, announced
   *     numbers not believed
   * @param sizedStrings String in two streams
   * @param dictionaryKeysMax keys of a dictionary that granules share; 0 gives each its own
   */
  public record Form(boolean oneStream, boolean sizedStrings, int dictionaryKeysMax) {
    /** The Native format. */
    public static final Form NATIVE = new Form(true, false, 0);

    /** ClickHouse's {@code low_cardinality_max_dictionary_size}. */
    public static final int DICTIONARY_KEYS_MAX = 8192;

    public static Form wide(boolean sizedStrings) {
      return new Form(false, sizedStrings, DICTIONARY_KEYS_MAX);
    }

    public static Form compact(boolean sizedStrings) {
      return new Form(false, sizedStrings, 0);
    }
  }

  /** A part of the type that can be read without the rest. */
  public record Sub(DataType type, BulkSerialization serialization) {}

  private List<Substream> substreams = List.of();

  BulkSerialization() {}

  /**
   * The serialization of a column.
   *
   * @param column its name, by which the substreams are named
   */
  public static BulkSerialization of(
      String column, DataType type, SerializationKind kind, Form form) {
    BulkSerialization s = make(type, kind, form);
    SubstreamPath path = SubstreamPath.of(column);
    s.namePrefixes(path);
    s.name(path);
    s.substreams = List.copyOf(path.found());
    return s;
  }

  static BulkSerialization make(DataType type, SerializationKind kind, Form form) {
    if (kind.sparse()) {
      return new SparseSerialization(
          type, make(type, new SerializationKind(false, kind.elements()), form));
    }
    return switch (type) {
      case StateCodec codec -> new StateSerialization(codec);
      case StoredAs other -> make(other.storedAs(), kind, form);
      case SimpleAggregateFunctionType s -> make(s.nested(), kind, form);
      case NullableType n ->
          new NullableSerialization(make(n.nested(), SerializationKind.DEFAULT, form), n);
      case ArrayType a ->
          new ArraySerialization(
              a.element(), make(a.element(), SerializationKind.DEFAULT, form), form.oneStream());
      case NestedType n -> make(n.array(), kind, form);
      case MapType m -> make(m.entries(), kind, form);
      case TupleType t -> TupleSerialization.of(t, kind, form);
      case LowCardinalityType l -> new LowCardinalitySerialization(l, form);
      case NothingType _ -> new NothingSerialization();
      case StringType _ ->
          form.sizedStrings() ? new SizedStringSerialization() : new StringSerialization();
      default -> FixedSerialization.of(type, form.oneStream());
    };
  }

  /** The substreams in the order in which they are first written. */
  public final List<Substream> substreams() {
    return substreams;
  }

  /** Names the substreams that are written before all values. */
  void namePrefixes(SubstreamPath path) {}

  abstract void name(SubstreamPath path);

  /** Writes what stands before all values; in Compact parts before each granule. */
  public void writePrefix(SubstreamWriters out) {}

  /** Writes rows {@code [from, from + length)} of a full column. */
  public abstract void write(Column column, int from, int length, SubstreamWriters out);

  /** Writes what stands behind all values. */
  public void writeSuffix(SubstreamWriters out) {}

  /** Reads what stands before all values. */
  public void readPrefix(SubstreamReaders in) {}

  /** Reads the next {@code rows} rows. */
  public abstract Column read(int rows, SubstreamReaders in);

  /** Forgets what was read; the next rows are at the beginning of a granule somewhere else. */
  public void restart() {}

  /** The substreams that {@link #read} opens, {@link #readPrefix} included. */
  public abstract void collectSubstreams(java.util.function.IntConsumer found);

  /**
   * A part of the type by its name behind the dot, {@code size0}, {@code null}, {@code keys}; null
   * if there is none. Its substreams are numbered as here.
   */
  public @Nullable Sub sub(String name) {
    return null;
  }
}
