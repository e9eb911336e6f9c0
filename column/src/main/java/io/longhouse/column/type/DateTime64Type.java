package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int64Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Ticks of 10^-scale seconds since 1970-01-01 00:00:00 UTC, signed, shown in a time zone. */
public final class DateTime64Type extends DataType {
  private final int scale;
  private final @Nullable ZoneId zone;
  private @Nullable ZoneOffsets ownOffsets;

  /**
   * @param scale digits behind the second, 0 to 9
   * @param zone null for the zone of the server or session
   */
  public DateTime64Type(int scale, @Nullable ZoneId zone) {
    this.scale = scale;
    this.zone = zone;
  }

  public int scale() {
    return scale;
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
    return zone == null
        ? "DateTime64(" + scale + ")"
        : "DateTime64(" + scale + ", '" + zone.getId() + "')";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int64Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return Long.compare(((Int64Column) a).values()[i], ((Int64Column) b).values()[j]);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    Numbers.toLongs(column, from, length, true, out);
  }

  /** Makes DateTime64(scale[, 'zone']). */
  @Register(kind = TypeFactory.class, name = "DateTime64", caseInsensitive = true)
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name);
      int scale = args.size() == 0 ? 3 : (int) args.number(0, 0, 9);
      return new DateTime64Type(scale, args.size() < 2 ? null : TimeZones.of(args.text(1)));
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    Quotes.write(form, out);
    long ticks = ((Int64Column) column).values()[row];
    DateTimeText.writeTicks(ticks, scale, offsets(), settings, out);
    Quotes.write(form, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = Quotes.openOptional(form, in);
    boolean number = quote == 0 && (form == TextForm.QUOTED || form == TextForm.JSON);
    long ticks =
        number
            ? IntegerText.read(in, true)
            : DateTimeText.readTicks(in, scale, offsets(), settings.dateTimeInputFormat);
    ((Int64Column.Builder) out).add(ticks);
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    out.writeLong(((Int64Column) column).values()[row]);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    ((Int64Column.Builder) out).add(in.readLong());
  }
}
