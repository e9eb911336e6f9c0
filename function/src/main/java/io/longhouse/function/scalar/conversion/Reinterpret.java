package io.longhouse.function.scalar.conversion;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * The bytes of a value in memory, little-endian, read as another type: cut off or filled up with
 * zeros. As a String they lose the zeros at their end.
 */
@Register(
    kind = FunctionFactory.class,
    name = "reinterpret",
    category = "Type Conversion",
    doc = "The bytes of a value read as the type with that name.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsUInt8",
    category = "Type Conversion",
    doc = "The bytes of a value read as UInt8.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsUInt16",
    category = "Type Conversion",
    doc = "The bytes of a value read as UInt16.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsUInt32",
    category = "Type Conversion",
    doc = "The bytes of a value read as UInt32.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsUInt64",
    category = "Type Conversion",
    doc = "The bytes of a value read as UInt64.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsUInt128",
    category = "Type Conversion",
    doc = "The bytes of a value read as UInt128.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsUInt256",
    category = "Type Conversion",
    doc = "The bytes of a value read as UInt256.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsInt8",
    category = "Type Conversion",
    doc = "The bytes of a value read as Int8.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsInt16",
    category = "Type Conversion",
    doc = "The bytes of a value read as Int16.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsInt32",
    category = "Type Conversion",
    doc = "The bytes of a value read as Int32.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsInt64",
    category = "Type Conversion",
    doc = "The bytes of a value read as Int64.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsInt128",
    category = "Type Conversion",
    doc = "The bytes of a value read as Int128.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsInt256",
    category = "Type Conversion",
    doc = "The bytes of a value read as Int256.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsFloat32",
    category = "Type Conversion",
    doc = "The bytes of a value read as Float32.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsFloat64",
    category = "Type Conversion",
    doc = "The bytes of a value read as Float64.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsDate",
    category = "Type Conversion",
    doc = "The bytes of a value read as Date.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsDateTime",
    category = "Type Conversion",
    doc = "The bytes of a value read as DateTime.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsUUID",
    category = "Type Conversion",
    doc = "The bytes of a value read as UUID.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsString",
    category = "Type Conversion",
    doc = "The bytes of a value read as String.")
@Register(
    kind = FunctionFactory.class,
    name = "reinterpretAsFixedString",
    category = "Type Conversion",
    doc = "The bytes of a value read as FixedString.")
final class Reinterpret implements FunctionFactory {
  private final String name;

  Reinterpret(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    DataType from = arguments.isEmpty() ? StringType.TYPE : arguments.getFirst().type();
    DataType to;
    if (name.equals("reinterpret")) {
      Arguments.count(name, arguments, 2);
      to = DataTypes.parse(Arguments.text(name, arguments, 1, "Second argument"));
    } else {
      Arguments.count(name, arguments, 1);
      String target = name.substring("reinterpretAs".length());
      to =
          target.equals("FixedString") ? new FixedStringType(width(from)) : DataTypes.parse(target);
    }
    boolean fixed = to instanceof FixedStringType;
    if (width(from) == 0 || width(to) == 0 && !(to instanceof StringType)) {
      throw cannot(from, to, "only Numeric, String or FixedString can be reinterpreted in Numeric");
    }
    if (fixed && from instanceof StringType) {
      throw cannot(from, to, "it is not fixed size and contiguous in memory");
    }
    return new Call(from, to);
  }

  private static LonghouseException cannot(DataType from, DataType to, String why) {
    String family = to instanceof FixedStringType ? "FixedString" : to.name();
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Cannot reinterpret " + from + " as " + family + " because " + why);
  }

  /** Bytes of a value, -1 for a String, 0 for what has no plain bytes. */
  private static int width(DataType t) {
    if (t instanceof StringType) {
      return -1;
    }
    if (t instanceof FixedStringType f) {
      return f.width();
    }
    if (t instanceof UuidType || t instanceof Ipv6Type) {
      return 16;
    }
    NumberShape shape = NumberShape.ofStorage(t);
    return shape == null ? 0 : shape.bytes();
  }

  private record Call(DataType from, DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column in = arguments[0].full();
      int width = width(resultType);
      ColumnBuilder out = resultType.newBuilder(rows);
      var bytes = new ByteWriter(64);
      var reader = new ByteReader(new byte[0]);
      for (int r = 0; r < rows; r++) {
        bytes.reset();
        write(in, r, bytes);
        int n = bytes.position();
        if (resultType instanceof StringType) {
          boolean text = from instanceof FixedStringType || from instanceof StringType;
          while (n > 0
              && bytes.buffer()[n - 1] == 0
              && (!text || from instanceof FixedStringType)) {
            n--;
          }
          ((StringColumn.Builder) out).add(bytes.buffer(), 0, n);
        } else {
          bytes.writeZeros(Math.max(0, width - n));
          reader.reset(bytes.buffer(), 0, width);
          read(reader, out);
        }
      }
      return out.build();
    }

    private void write(Column in, int row, ByteWriter bytes) {
      switch (in) {
        case StringColumn s -> bytes.writeBytes(s.bytes(), s.offsets()[row], s.lengthAt(row));
        case FixedBytesColumn f -> bytes.writeBytes(f.bytes(), row * f.width(), f.width());
        default -> {
          if (from instanceof UuidType) {
            long[] w = ((WideColumn) in).words();
            bytes.writeLong(w[2 * row]);
            bytes.writeLong(w[2 * row + 1]);
          } else {
            from.writeBinary(in, row, bytes);
          }
        }
      }
    }

    private void read(ByteReader reader, ColumnBuilder out) {
      switch (out) {
        case FixedBytesColumn.Builder f -> f.add(reader.buffer(), 0, f.width());
        default -> {
          if (resultType instanceof UuidType) {
            long[] words = {reader.readLong(), reader.readLong()};
            ((WideColumn.Builder) out).add(words, 0);
          } else {
            resultType.readBinary(reader, out);
          }
        }
      }
    }
  }
}
