package io.longhouse.storage.part;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads ranges of granules of some columns of a part. Going on where the last range ended costs no
 * seek. For one thread at a time.
 */
public final class PartReader {
  private static final int READ_AHEAD_BYTES = 1 << 20;

  private final DataPart part;
  private final List<ColumnRequest> requests;
  private final @Nullable ColumnReader[] readers;

  /** A column of the part being read. */
  interface ColumnReader {
    DataType type();

    Column read(int fromGranule, int toGranule);
  }

  /** Opens nothing yet. */
  public PartReader(DataPart part, List<ColumnRequest> requests) {
    this.part = part;
    this.requests = List.copyOf(requests);
    this.readers = new ColumnReader[requests.size()];
    CompactFile compact = null;
    for (int i = 0; i < readers.length; i++) {
      ColumnRequest r = requests.get(i);
      int place = part.columnPlace(r.column());
      if (place < 0) {
        continue;
      }
      if (part.isWide()) {
        readers[i] = WideColumnReader.open(part, place, r, READ_AHEAD_BYTES);
      } else {
        compact = compact == null ? new CompactFile(part, READ_AHEAD_BYTES) : compact;
        readers[i] = CompactColumnReader.open(compact, place, r);
      }
    }
  }

  public DataPart part() {
    return part;
  }

  /** The type of a requested column in this part; null if the part does not have it. */
  public @Nullable DataType type(int i) {
    ColumnReader r = readers[i];
    return r == null ? null : r.type();
  }

  /**
   * The rows of granules {@code [from, to)} of all requested columns, null for a column that the
   * part does not have. Sparse columns and dictionaries stay encoded.
   *
   * @throws LonghouseException CHECKSUM_DOESNT_MATCH (40), CANNOT_READ_ALL_DATA (33) and their
   *     like, naming part, column, file and offset
   */
  public List<@Nullable Column> read(int from, int to) {
    List<@Nullable Column> columns = new ArrayList<>(readers.length);
    for (int i = 0; i < readers.length; i++) {
      columns.add(read(i, from, to));
    }
    return columns;
  }

  /** The rows of granules {@code [from, to)} of one requested column, or null. */
  public @Nullable Column read(int i, int from, int to) {
    ColumnReader r = readers[i];
    if (r == null) {
      return null;
    }
    try {
      return r.read(from, to);
    } catch (LonghouseException e) {
      throw new LonghouseException(e.errorCode(), e.message() + where(i, from, to), e);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException e) {
      throw new LonghouseException(
          ErrorCode.CORRUPTED_DATA, "Data does not fit its marks" + where(i, from, to), e);
    }
  }

  private String where(int i, int from, int to) {
    return ": (while reading column "
        + requests.get(i)
        + "): (while reading from part "
        + part.disk().absolute(part.folder())
        + " from mark "
        + from
        + " to mark "
        + to
        + ")";
  }
}
