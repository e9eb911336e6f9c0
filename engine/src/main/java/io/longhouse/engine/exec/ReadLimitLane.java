package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.ContentBytes;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
    private final String name;
    private final long rowsMax;
    private final long bytesMax;
    private final boolean stops;
    private final boolean guarded;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean reached;

    private Limits(Settings settings, String suffix, boolean guarded) {
      this.name = "max_rows_to_read" + suffix;
      this.rowsMax = settings.number(name);
      this.bytesMax = settings.number("max_bytes_to_read" + suffix);
      this.stops = settings.text("read_overflow_mode" + suffix).equals("break");
      this.guarded = guarded;
    }

    /**
     * The limits in force: of the query and, as all reading is done here, of each server.
     *
     * @param guarded whether a row policy hides rows: what is beyond the limit is then not told
     */
    static List<Limits> of(Settings settings, boolean guarded) {
      return Stream.of("", "_leaf")
          .map(suffix -> new Limits(settings, suffix, guarded))
          .filter(l -> l.rowsMax > 0 || l.bytesMax > 0)
          .toList();
    }

    /** Whether reading ends at the limit, without an error. */
    boolean stops() {
      return stops;
    }

    /**
     * Before anything is read.
     *
     * @param rowsToRead what the indexes leave; -1 when not known
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
          throw tooManyRows(guarded ? rowsMax + 1 : rowsNow);
        }
        reached = true;
      }
      if (bytesMax > 0) {
        long size = guarded ? ContentBytes.of(block) : block.retainedBytes();
        long bytesNow = bytes.addAndGet(size);
        if (bytesNow > bytesMax) {
          if (!stops) {
            throw new LonghouseException(
                ErrorCode.TOO_MANY_BYTES,
                "Limit for rows or bytes to read exceeded, max bytes: "
                    + SizeLimit.size(bytesMax)
                    + ", current bytes: "
                    + SizeLimit.size(guarded ? bytesMax + 1 : bytesNow));
          }
          reached = true;
        }
      }
    }

    private LonghouseException tooManyRows(long found) {
      return new LonghouseException(
          ErrorCode.TOO_MANY_ROWS,
          "Limit for rows (controlled by '"
              + name
              + "' setting) exceeded, max rows: "
              + SizeLimit.quantity(rowsMax)
              + ", current rows: "
              + SizeLimit.quantity(found));
    }
  }
}
