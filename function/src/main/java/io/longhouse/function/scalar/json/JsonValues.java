package io.longhouse.function.scalar.json;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * Values of a document as values of a data type. {@link #append} answers whether it added one; if
 * not the builder is as it was.
 */
final class JsonValues {
  private final ByteWriter scratch = new ByteWriter(64);
  private final ByteReader reader = new ByteReader(new byte[0]);

  /** Appends the node's value, or the type's default when it does not fit. */
  void appendOrDefault(DataType type, JsonTape tape, int node, ColumnBuilder out) {
    if (node < 0 || !append(type, tape, node, out)) {
      if (type instanceof NullableType || type instanceof LowCardinalityType) {
        out.appendDefault(1);
      } else {
        out.append(type.defaultValue(), 0);
      }
    }
  }

  boolean append(DataType type, JsonTape tape, int node, ColumnBuilder out) {
    JsonTape.Kind kind = tape.kind(node);
    return switch (type) {
      case NullableType t -> {
        var b = (NullableColumn.Builder) out;
        if (kind == JsonTape.Kind.NULL) {
          b.addNull();
          yield true;
        }
        if (!append(t.nested(), tape, node, b.values())) {
          yield false;
        }
        b.addedValue();
        yield true;
      }
      case LowCardinalityType t -> {
        ColumnBuilder one = t.nested().newBuilder(1);
        if (!append(t.nested(), tape, node, one)) {
          yield false;
        }
        ((LowCardinalityColumn.Builder) out).addValue(one.build(), 0);
        yield true;
      }
      case StringType _ -> {
        text(tape, node);
        ((StringColumn.Builder) out).add(scratch.buffer(), 0, scratch.position());
        yield true;
      }
      case FixedStringType t -> {
        text(tape, node);
        boolean fits = scratch.position() <= t.width();
        if (fits) {
          ((FixedBytesColumn.Builder) out).add(scratch.buffer(), 0, scratch.position());
        }
        yield fits;
      }
      case BoolType _ -> bool(tape, node, out);
      case IntegerType t when t.bytes() <= 8 -> integer(t, tape, node, out);
      case FloatType t -> floating(t, tape, node, out);
      case EnumType t -> enumeration(t, tape, node, out);
      case ArrayType t -> array(t, tape, node, (ArrayColumn.Builder) out);
      case TupleType t -> tuple(t, tape, node, (TupleColumn.Builder) out);
      case MapType t -> map(t, tape, node, (ArrayColumn.Builder) out);
      default -> parsed(type, tape, node, out);
    };
  }

  /** A string's bytes, or other values as JSON, into the scratch writer. */
  private void text(JsonTape tape, int node) {
    scratch.reset();
    if (tape.kind(node) == JsonTape.Kind.STRING) {
      JsonText.string(tape.text(), tape.start(node), tape.end(node), scratch);
    } else {
      JsonText.raw(tape, node, scratch);
    }
  }

  private static boolean bool(JsonTape tape, int node, ColumnBuilder out) {
    int v =
        switch (tape.kind(node)) {
          case TRUE -> 1;
          case FALSE -> 0;
          case INTEGER, UNSIGNED -> tape.number(node) != 0 ? 1 : 0;
          default -> -1;
        };
    if (v >= 0) {
      ((Int8Column.Builder) out).add((byte) v);
    }
    return v >= 0;
  }

  private boolean integer(IntegerType t, JsonTape tape, int node, ColumnBuilder out) {
    long v = tape.number(node);
    boolean unsigned = false;
    switch (tape.kind(node)) {
      case INTEGER -> {}
      case UNSIGNED -> unsigned = true;
      case DOUBLE -> {
        double d = tape.asDouble(node);
        if (!(Math.abs(d) < 0x1p63)) {
          return false;
        }
        v = (long) d;
      }
      case STRING -> {
        return parsed(t, tape, node, out);
      }
      default -> {
        return false;
      }
    }
    if (!fits(t, v, unsigned)) {
      return false;
    }
    switch (t.bytes()) {
      case 1 -> ((Int8Column.Builder) out).add((byte) v);
      case 2 -> ((Int16Column.Builder) out).add((short) v);
      case 4 -> ((Int32Column.Builder) out).add((int) v);
      default -> ((Int64Column.Builder) out).add(v);
    }
    return true;
  }

  private static boolean fits(IntegerType t, long v, boolean unsigned) {
    if (t.bytes() == 8) {
      return t.signed() ? !unsigned : unsigned || v >= 0;
    }
    int bits = t.bytes() * 8;
    long min = t.signed() ? -(1L << bits - 1) : 0;
    long max = t.signed() ? (1L << bits - 1) - 1 : (1L << bits) - 1;
    return !unsigned && v >= min && v <= max;
  }

  private boolean floating(FloatType t, JsonTape tape, int node, ColumnBuilder out) {
    switch (tape.kind(node)) {
      case INTEGER, UNSIGNED, DOUBLE -> {
        double d = tape.asDouble(node);
        if (t.bytes() == 8) {
          ((Float64Column.Builder) out).add(d);
        } else {
          ((Float32Column.Builder) out).add((float) d);
        }
        return true;
      }
      case STRING -> {
        return parsed(t, tape, node, out);
      }
      default -> {
        return false;
      }
    }
  }

  private boolean enumeration(EnumType t, JsonTape tape, int node, ColumnBuilder out) {
    Integer number = null;
    if (tape.kind(node) == JsonTape.Kind.STRING) {
      text(tape, node);
      number = t.valueOf(ByteText.decode(scratch.buffer(), 0, scratch.position()));
    } else if (tape.kind(node) == JsonTape.Kind.INTEGER
        && tape.number(node) == (short) tape.number(node)
        && t.nameOf((int) tape.number(node)) != null) {
      number = (int) tape.number(node);
    }
    if (number == null) {
      return false;
    }
    if (t.bytes() == 1) {
      ((Int8Column.Builder) out).add(number.byteValue());
    } else {
      ((Int16Column.Builder) out).add(number.shortValue());
    }
    return true;
  }

  private boolean array(ArrayType t, JsonTape tape, int node, ArrayColumn.Builder out) {
    if (tape.kind(node) != JsonTape.Kind.ARRAY) {
      return false;
    }
    int before = out.elements().size();
    boolean any = tape.count(node) == 0;
    for (int i = node + 1; i < tape.next(node); i = tape.next(i)) {
      int size = out.elements().size();
      any |= append(t.element(), tape, i, out.elements());
      if (out.elements().size() == size) {
        appendOrDefault(t.element(), tape, -1, out.elements());
      }
    }
    if (!any) {
      out.elements().truncate(before);
      return false;
    }
    out.endRow();
    return true;
  }

  private boolean tuple(TupleType t, JsonTape tape, int node, TupleColumn.Builder out) {
    JsonTape.Kind kind = tape.kind(node);
    if (kind != JsonTape.Kind.ARRAY && kind != JsonTape.Kind.OBJECT) {
      return false;
    }
    boolean byName = kind == JsonTape.Kind.OBJECT && t.named();
    boolean any = false;
    for (int i = 0; i < t.elements().size(); i++) {
      int at;
      if (byName) {
        byte[] name = ByteText.encode(t.names().get(i));
        at = JsonPath.member(tape, node, name, 0, name.length);
      } else {
        at = JsonPath.at(tape, node, i + 1);
      }
      ColumnBuilder b = out.elements().get(i);
      int size = b.size();
      any |= at >= 0 && append(t.elements().get(i), tape, at, b);
      if (b.size() == size) {
        appendOrDefault(t.elements().get(i), tape, -1, b);
      }
    }
    if (!any) {
      for (ColumnBuilder b : out.elements()) {
        b.truncate(b.size() - 1);
      }
      return false;
    }
    out.addedRow();
    return true;
  }

  private boolean map(MapType t, JsonTape tape, int node, ArrayColumn.Builder out) {
    if (tape.kind(node) != JsonTape.Kind.OBJECT) {
      return false;
    }
    var entries = (TupleColumn.Builder) out.elements();
    List<ColumnBuilder> parts = entries.elements();
    for (int i = node + 1; i < tape.next(node); i = tape.next(i + 1)) {
      appendOrDefault(t.key(), tape, i, parts.get(0));
      appendOrDefault(t.value(), tape, i + 1, parts.get(1));
      entries.addedRow();
    }
    out.endRow();
    return true;
  }

  /** Any other type, and numbers in quotes: as the type reads its own text. */
  private boolean parsed(DataType type, JsonTape tape, int node, ColumnBuilder out) {
    JsonTape.Kind kind = tape.kind(node);
    boolean scalar =
        kind == JsonTape.Kind.STRING
            || kind == JsonTape.Kind.INTEGER
            || kind == JsonTape.Kind.UNSIGNED
            || kind == JsonTape.Kind.DOUBLE;
    if (!scalar) {
      return false;
    }
    text(tape, node);
    reader.reset(scratch.buffer(), 0, scratch.position());
    int size = out.size();
    try {
      type.readText(reader, TextForm.RAW, FormatSettings.DEFAULT, out);
      if (reader.position() == scratch.position()) {
        return true;
      }
    } catch (LonghouseException e) {
      // Text that is no value of the type: the caller's default stands for it.
      if (out.size() == size) {
        return false;
      }
    }
    out.truncate(size);
    return false;
  }
}
