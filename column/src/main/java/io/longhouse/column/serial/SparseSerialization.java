package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.SparseColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Only the values that are not the default, and how many defaults stand before each. */
final class SparseSerialization extends BulkSerialization {
  private static final long END_OF_GRANULE = 1L << 62;

  private final DataType type;
  private final BulkSerialization values;
  private int positions;

  // A group read from the positions and not yet used up: defaults, then perhaps a value.
  private long defaultsLeft;
  private boolean valueFollows;

  SparseSerialization(DataType type, BulkSerialization values) {
    this.type = type;
    this.values = values;
  }

  @Override
  void namePrefixes(SubstreamPath path) {
    values.namePrefixes(path);
  }

  @Override
  void name(SubstreamPath path) {
    positions = path.structure(".sparse.idx");
    values.name(path);
  }

  @Override
  public void collectSubstreams(IntConsumer found) {
    found.accept(positions);
    values.collectSubstreams(found);
  }

  @Override
  public void writePrefix(SubstreamWriters out) {
    values.writePrefix(out);
  }

  @Override
  public void write(Column column, int from, int length, SubstreamWriters out) {
    int[] rows = new int[16];
    int count = 0;
    var found = DefaultValues.next(column, from, from + length);
    while (found < from + length) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
      }
      rows[count++] = found;
      found = DefaultValues.next(column, found + 1, from + length);
    }
    ByteWriter w = out.open(positions);
    if (w != null) {
      int previous = from - 1;
      for (int i = 0; i < count; i++) {
        w.writeVarUInt(rows[i] - previous - 1);
        previous = rows[i];
      }
      w.writeVarUInt(from + length - previous - 1 | END_OF_GRANULE);
    }
    values.write(column.gather(rows, count), 0, count, out);
  }

  @Override
  public void writeSuffix(SubstreamWriters out) {
    values.writeSuffix(out);
  }

  @Override
  public void readPrefix(SubstreamReaders in) {
    values.readPrefix(in);
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    ByteReader r = in.open(positions);
    int[] found = new int[16];
    int count = 0;
    long at = 0;
    while (at < rows) {
      if (defaultsLeft == 0 && valueFollows) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = (int) at++;
        valueFollows = false;
      } else if (defaultsLeft > 0) {
        long n = Math.min(defaultsLeft, rows - at);
        at += n;
        defaultsLeft -= n;
      } else {
        readGroup(r);
      }
    }
    // The end of the granule may say nothing more than that it is the end.
    if (defaultsLeft == 0 && !valueFollows && !ended && rows > 0) {
      readGroup(r);
    }
    return new SparseColumn(values.read(count, in), found, rows);
  }

  private boolean ended;

  private void readGroup(ByteReader r) {
    long group = r.readVarUInt();
    ended = (group & END_OF_GRANULE) != 0;
    defaultsLeft = group & ~END_OF_GRANULE;
    valueFollows = !ended;
    if (defaultsLeft < 0 || defaultsLeft > Integer.MAX_VALUE) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "A sparse column of " + type.name() + " has a group of " + defaultsLeft + " defaults");
    }
  }

  @Override
  public void restart() {
    defaultsLeft = 0;
    valueFollows = false;
    ended = false;
    values.restart();
  }
}
