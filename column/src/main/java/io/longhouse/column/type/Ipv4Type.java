package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int32Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;

/** An IPv4 address as an unsigned number. */
public final class Ipv4Type extends DataType {
  /** IPv4. */
  public static final Ipv4Type TYPE = new Ipv4Type();

  private Ipv4Type() {}

  @Override
  public String name() {
    return "IPv4";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int32Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    int[] x = ((Int32Column) a).values();
    int[] y = ((Int32Column) b).values();
    return Integer.compareUnsigned(x[i], y[j]);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    int[] v = ((Int32Column) column).values();
    for (int i = 0; i < length; i++) {
      out[i] = v[from + i] & 0xFFFFFFFFL;
    }
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes IPv4. */
  @Register(
      kind = TypeFactory.class,
      name = "IPv4",
      aliases = {"INET4"},
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
    AddressText.writeIpv4(((Int32Column) column).values()[row], out);
    Quotes.write(form, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = Quotes.open(form, in);
    long v = AddressText.readIpv4(in);
    if (v < 0 && !settings.inputFormatIpv4DefaultOnConversionError) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_IPV4, "Cannot parse IPv4 " + TextErrors.rest(in));
    }
    ((Int32Column.Builder) out).add(v < 0 ? 0 : (int) v);
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    out.writeInt(((Int32Column) column).values()[row]);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    ((Int32Column.Builder) out).add(in.readInt());
  }
}
