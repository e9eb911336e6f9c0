package io.longhouse.wire;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.serial.SerializationKind;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A block on the wire.
 *
 * <pre>
 * block:  info, columns:varint, rows:varint, column*
 * info:   1, is_overflows:u8, 2, bucket:i32, [3, n:varint, i32*  from 54480,] 0
 * column: name:string, type:string, [has_custom:u8 [kinds]  from 54454,] values
 * </pre>
 */
public final class BlockForm {
  private BlockForm() {}

  /** Writes a block whose columns are the header's. */
  public static void write(Header header, Block block, int revision, ByteWriter out) {
    writeInfo(revision, out);
    out.writeVarUInt(header.size());
    out.writeVarUInt(block.rows());
    for (int i = 0; i < header.size(); i++) {
      out.writeString(header.name(i));
      writeColumn(header.type(i), block.column(i), revision, out);
    }
  }

  /** Writes the block that ends something. */
  public static void writeEnd(int revision, ByteWriter out) {
    writeInfo(revision, out);
    out.writeVarUInt(0);
    out.writeVarUInt(0);
  }

  private static void writeInfo(int revision, ByteWriter out) {
    out.writeVarUInt(1);
    out.writeByte(0);
    out.writeVarUInt(2);
    out.writeInt(-1);
    if (revision >= Revision.OUT_OF_ORDER_BUCKETS) {
      out.writeVarUInt(3);
      out.writeVarUInt(0);
    }
    out.writeVarUInt(0);
  }

  private static void writeColumn(DataType type, Column column, int revision, ByteWriter out) {
    DataType sent = type;
    Column values = column;
    if (revision < Revision.LOW_CARDINALITY && type instanceof LowCardinalityType l) {
      sent = l.nested();
      values = column.plain();
    }
    boolean bareDateTime =
        revision < Revision.TIME_ZONE_IN_DATETIME && sent instanceof DateTimeType;
    out.writeString(bareDateTime ? "DateTime" : sent.name());
    if (revision >= Revision.CUSTOM_SERIALIZATION) {
      out.writeByte(0);
    }
    WireForm.write(sent, values, out);
  }

  /**
   * Reads a block.
   *
   * @throws LonghouseException for anything that is not one
   */
  public static NamedBlock read(int revision, ByteReader in) {
    readInfo(in);
    int columns = in.readLength(Limits.COLUMNS, "number of columns");
    int rows = in.readLength(Integer.MAX_VALUE, "number of rows");
    List<Header.Field> fields = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      String name = in.readText(Limits.NAME_BYTES);
      DataType type = DataTypes.parse(in.readText(1 << 24));
      SerializationKind kind = SerializationKind.DEFAULT;
      if (revision >= Revision.CUSTOM_SERIALIZATION && in.readByte() != 0) {
        kind = SerializationKind.read(type, in);
      }
      fields.add(new Header.Field(name, type));
      values.add(WireForm.read(type, rows, kind, in));
    }
    return new NamedBlock(new Header(fields), new Block(values, columns == 0 ? 0 : rows));
  }

  private static void readInfo(ByteReader in) {
    while (true) {
      int field = in.readLength(Integer.MAX_VALUE, "field of a block's description");
      switch (field) {
        case 0 -> {
          return;
        }
        case 1 -> in.readByte();
        case 2 -> in.readInt();
        case 3 -> in.skip(4L * in.readLength(Limits.ITEMS, "number of buckets"));
        default ->
            throw new LonghouseException(
                ErrorCode.UNKNOWN_BLOCK_INFO_FIELD, "Unknown BlockInfo field number: " + field);
      }
    }
  }
}
