package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;
import java.util.Arrays;

/** An IPv6 address, 16 bytes in network order. */
public final class Ipv6Type extends DataType {
  /** IPv6. */
  public static final Ipv6Type TYPE = new Ipv6Type();

  private Ipv6Type() {}

  @Override
  public String name() {
    return "IPv6";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new FixedBytesColumn.Builder(16, capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    byte[] x = ((FixedBytesColumn) a).bytes();
    byte[] y = ((FixedBytesColumn) b).bytes();
    return Arrays.compareUnsigned(x, i * 16, i * 16 + 16, y, j * 16, j * 16 + 16);
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes IPv6. */
  @Register(
      kind = TypeFactory.class,
      name = "IPv6",
      aliases = {"INET6"},
      aliasesCaseInsensitive = true)
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return TYPE;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    Quotes.write(form, out);
    AddressText.writeIpv6(((FixedBytesColumn) column).bytes(), row * 16, out);
    Quotes.write(form, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = Quotes.open(form, in);
    byte[] address = new byte[16];
    if (!AddressText.readIpv6(in, address)) {
      if (!settings.inputFormatIpv6DefaultOnConversionError) {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_IPV6, "Cannot parse IPv6 " + TextErrors.rest(in));
      }
      Arrays.fill(address, (byte) 0);
    }
    ((FixedBytesColumn.Builder) out).add(address, 0, 16);
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    out.writeBytes(((FixedBytesColumn) column).bytes(), row * 16, 16);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    ((FixedBytesColumn.Builder) out).add(in.readBytes(16), 0, 16);
  }
}
