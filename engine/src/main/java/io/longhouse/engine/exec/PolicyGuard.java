package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.ContentBytes;
import io.longhouse.column.Header;
import io.longhouse.column.UsedDictionaries;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.LonghouseException;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a scan under a row policy and everything that a user wrote. Only here the rows
 * count as read; dictionaries lose the entries of hidden rows; an error of the scan tells nothing
 * of the row that it comes from.
 *
 * <p>Invariant: what comes out of here is the same whatever the hidden rows are. Blocks end where
 * hidden rows make them end, so somebody who stops early could count these by what has been read.
 * Therefore those that have come out in even blocks ({@link EvenBlocksLane}) are shown at once, all
 * others by the {@link #STEP_ROWS} and the rest of them when all have come.
 */
final class PolicyGuard {
  private static final long STEP_ROWS = 65_536;
  private static final long STEP_BYTES = 1 << 20;

  private final QueryContext context;
  private final QueryContext behind;
  private final TableId table;
  private final boolean even;
  private final boolean mayStop;
  private final Set<Integer> unread;
  private final Header header;
  private final boolean counts;
  private final boolean bestFirst;
  private int open;

  /** What the scan has counted, or what has come out, and how much of it was shown. */
  private long rows;

  private long bytes;
  private long shownRows;
  private long shownBytes;

  /** What has come out. */
  private long outRows;

  private long outBytes;

  /**
   * @param behind what the scan below was made with
   * @param scan below, which may count for itself; null for none
   * @param even whether blocks do not depend on hidden rows
   * @param mayStop whether a LIMIT above may have enough before all have come
   * @param unread places of columns that only the scan's own filter needed
   */
  PolicyGuard(
      QueryContext context,
      QueryContext behind,
      TableId table,
      @Nullable Scan scan,
      boolean even,
      boolean mayStop,
      Header header,
      Set<Integer> unread) {
    this.context = context;
    this.behind = behind;
    this.table = table;
    this.even = even;
    this.mayStop = mayStop;
    this.header = header;
    this.unread = unread;
    this.bestFirst = scan != null && scan.readsBestFirst();
    this.counts = bestFirst || scan != null && scan.countsVisible(this::counted);
  }

  Lane lane(Lane input) {
    synchronized (this) {
      open++;
    }
    return new GuardedLane(input);
  }

  private synchronized void counted(long newRows, long newBytes) {
    rows += newRows;
    bytes += newBytes;
    if (!mayStop) {
      show(rows - rows % STEP_ROWS, bytes - bytes % STEP_BYTES);
    }
  }

  private synchronized void cameOut(long newRows, long newBytes) {
    outRows += newRows;
    outBytes += newBytes;
    if (!counts) {
      counted(newRows, newBytes);
    }
    if (even && !bestFirst) {
      show(outRows, outBytes);
    }
  }

  /** Shows at least that much. */
  private synchronized void show(long allRows, long allBytes) {
    Progress p = context.progress();
    long moreRows = Math.max(0, allRows - shownRows);
    long moreBytes = Math.max(0, allBytes - shownBytes);
    p.totalRowsToRead.add(moreRows);
    p.readRows.add(moreRows);
    p.readBytes.add(moreBytes);
    shownRows += moreRows;
    shownBytes += moreBytes;
  }

  private synchronized void ended() {
    open--;
    if (open == 0) {
      show(rows, bytes);
    }
  }

  /** Whether only the rows count that a sort has taken of those that come out. */
  boolean isBestFirst() {
    return bestFirst;
  }

  /** A sort's result, whose rows count as read. */
  Lane sorted(Lane result) {
    return new Lane() {
      @Override
      public @Nullable Block next() {
        Block block = result.next();
        if (block != null) {
          counted(block.rows(), ContentBytes.of(block));
          show(rows, bytes);
        }
        return block;
      }

      @Override
      public void close() {
        result.close();
      }
    };
  }

  /** What may be told of an error below the policy. */
  private RuntimeException told(LonghouseException e) {
    return switch (e.errorCode()) {
      case TIMEOUT_EXCEEDED, QUERY_WAS_CANCELLED, MEMORY_LIMIT_EXCEEDED, QUOTA_EXCEEDED -> e;
      default -> {
        behind.log().add(Level.WARNING, table.toString(), () -> "Below a policy: " + e.message());
        yield new LonghouseException(
            e.errorCode(), "Cannot read table " + table + " under its row policies");
      }
    };
  }

  /** Further columns of rows that have come out of here. */
  Block late(Supplier<Block> fetch) {
    Block block;
    try {
      block = fetch.get();
    } catch (LonghouseException e) {
      throw told(e);
    }
    context.progress().readBytes.add(ContentBytes.of(block));
    return new Block(new UsedDictionaries(true).of(block.columns()), block.rows());
  }

  /** A block's values without what hidden rows have left in its columns. */
  private Block visible(Block block, UsedDictionaries dictionaries) {
    Column[] columns = new Column[block.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          unread.contains(i)
              ? new ConstColumn(header.type(i).defaultValue(), block.rows())
              : block.column(i);
    }
    return new Block(dictionaries.of(columns), block.rows());
  }

  private final class GuardedLane implements Lane {
    private final Lane input;
    private final UsedDictionaries dictionaries = new UsedDictionaries(even);
    private boolean over;

    GuardedLane(Lane input) {
      this.input = input;
    }

    @Override
    public @Nullable Block next() {
      Block block;
      try {
        block = input.next();
      } catch (LonghouseException e) {
        throw told(e);
      }
      if (block == null) {
        if (!over) {
          over = true;
          ended();
        }
        return null;
      }
      if (block.rows() == 0) {
        return block;
      }
      Block out = visible(block, dictionaries);
      long size = 0;
      for (int i = 0; i < out.columnCount(); i++) {
        size += unread.contains(i) ? 0 : ContentBytes.of(out.column(i));
      }
      cameOut(out.rows(), size);
      return out;
    }

    @Override
    public boolean keepsNothing() {
      return input.keepsNothing();
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
