package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A lane of a scan under {@code max_rows_to_read} and {@code max_bytes_to_read}. */
final class ReadLimitLane implements Lane {
  private final Lane input;
  private final Limits limits;

  ReadLimitLane(Lane input, Limits limits) {
    this.input = input;
    this.limits = limits;
  }

  @Override
  public @Nullable Block next() {
    if (limits.reached) {
      return null;
    }
    Block block = input.next();
    if (block != null) {
      limits.read(block);
    }
    return block;
  }

  @Override
  public void close() {
    input.close();
  }

  /** What all lanes of a scan may read together. */
  static final class Limits {
    private final long rowsMax;
    private final long bytesMax;
    private final boolean stops;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean reached;

    private Limits(long rowsMax, long bytesMax, boolean stops) {
      this.rowsMax = rowsMax;
      this.bytesMax = bytesMax;
      this.stops = stops;
    }

    /** The limits in force, null when there are none. */
    static @Nullable Limits of(Settings settings) {
      long rows = settings.number("max_rows_to_read");
      long bytes = settings.number("max_bytes_to_read");
      return rows == 0 && bytes == 0
          ? null
          : new Limits(rows, bytes, settings.text("read_overflow_mode").equals("break"));
    }

    /**
     * Before anything is read.
     *
     * @param rowsToRead -1 when not known
     */
    void plan(long rowsToRead) {
      if (!stops && rowsMax > 0 && rowsToRead > rowsMax) {
        throw tooManyRows(rowsToRead);
      }
    }

    private void read(Block block) {
      long rowsNow = rows.addAndGet(block.rows());
      if (rowsMax > 0 && rowsNow > rowsMax) {
        if (!stops) {
          throw tooManyRows(rowsNow);
        }
        reached = true;
      }
      if (bytesMax > 0) {
        long bytesNow = bytes.addAndGet(block.retainedBytes());
        if (bytesNow > bytesMax) {
          if (!stops) {
            throw new LonghouseException(
                ErrorCode.TOO_MANY_BYTES,
                "Limit for (uncompressed) bytes to read exceeded, max bytes: "
                    + bytesMax
                    + ", current bytes: "
                    + bytesNow);
          }
          reached = true;
        }
      }
    }

    private LonghouseException tooManyRows(long found) {
      return new LonghouseException(
          ErrorCode.TOO_MANY_ROWS,
          "Limit for rows (controlled by 'max_rows_to_read' setting) exceeded, max rows: "
              + rowsMax
              + ", current rows: "
              + found);
    }
  }
}
