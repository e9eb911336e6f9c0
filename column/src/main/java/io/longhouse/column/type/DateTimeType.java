package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int32Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Seconds since 1970-01-01 00:00:00 UTC in 32 bits, unsigned, shown in a time zone. */
public final class DateTimeType extends DataType {
  private final @Nullable ZoneId zone;
  private @Nullable ZoneOffsets ownOffsets;

  /** With the zone of the server or session when {@code zone} is null. */
  public DateTimeType(@Nullable ZoneId zone) {
    this.zone = zone;
  }

  /** The zone that the type names, null where it names none. */
  public @Nullable ZoneId explicitZone() {
    return zone;
  }

  /** The zone in which values are shown and read. */
  public ZoneId zone() {
    return zone != null ? zone : TimeZones.current();
  }

  /** The offsets of {@link #zone}; a zone of the type's own is looked up once. */
  private ZoneOffsets offsets() {
    ZoneOffsets known = ownOffsets;
    if (known != null) {
      return known;
    }
    ZoneOffsets found = ZoneOffsets.of(zone());
    if (zone != null) {
      // Two threads may both do this; they find the same object, which is immutable.
      ownOffsets = found;
    }
    return found;
  }

  @Override
  public String name() {
    return zone == null ? "DateTime" : "DateTime('" + zone.getId() + "')";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int32Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return Integer.compareUnsigned(((Int32Column) a).values()[i], ((Int32Column) b).values()[j]);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    Numbers.toLongs(column, from, length, false, out);
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes DateTime and DateTime('zone'). */
  @Register(
      kind = TypeFactory.class,
      name = "DateTime",
      aliases = {"DateTime32", "TIMESTAMP"},
      caseInsensitive = true)
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name);
      return new DateTimeType(args.size() == 0 ? null : TimeZones.of(args.text(0)));
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    Quotes.write(form, out);
    long second = ((Int32Column) column).values()[row] & 0xFFFF_FFFFL;
    DateTimeText.writeSeconds(second, offsets(), settings, out);
    Quotes.write(form, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = Quotes.openOptional(form, in);
    boolean number = quote == 0 && (form == TextForm.QUOTED || form == TextForm.JSON);
    long second =
        number
            ? IntegerText.read(in, true)
            : DateTimeText.readSeconds(in, offsets(), settings.dateTimeInputFormat);
    ((Int32Column.Builder) out).add((int) Math.clamp(second, 0, 0xFFFF_FFFFL));
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
