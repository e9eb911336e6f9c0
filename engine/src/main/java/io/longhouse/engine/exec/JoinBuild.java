package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.group.GroupTable;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.Plan.JoinKind;
import io.longhouse.engine.plan.Plan.JoinStrictness;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The right side of a join. While it is read, each lane groups its own rows by key; at the end the
 * lanes' tables become one and the rows one piece per column. After that only the marks of rows
 * that have met a left row change: a byte a row, written by any lane.
 */
final class JoinBuild implements Sink {
  private static final VarHandle MARK = MethodHandles.arrayElementVarHandle(byte[].class);

  private final Plan.Join join;
  private final QueryContext context;
  private final JoinCondition condition;
  private final JoinKeys leftKeys;
  private final JoinKeys rightKeys;
  private final List<DataType> keyTypes;
  private final boolean firstRowsSuffice;
  private final boolean takeLast;
  private final long rowsMax;
  private final long bytesMax;
  private final boolean breakAtLimit;

  private final List<Local> lanes = new ArrayList<>();
  private final AtomicLong rowsRead = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private volatile boolean satisfied;

  private @Nullable JoinRows rows;
  private @Nullable JoinTable table;
  private @Nullable JoinAsof asof;
  private int[] oneRowOfGroup = new int[0];
  private byte[] marks = new byte[0];

  JoinBuild(Plan.Join join, QueryContext context) {
    checkSupported(join);
    this.join = join;
    this.context = context;
    this.condition = new JoinCondition(join);
    List<Integer> l = equalKeys(join, join.leftKeys());
    List<Integer> r = equalKeys(join, join.rightKeys());
    this.leftKeys = new JoinKeys(l);
    this.rightKeys = new JoinKeys(r);
    this.keyTypes = JoinKeys.tableTypes(join.left().header(), join.right().header(), l, r);
    Settings settings = context.settings();
    this.takeLast =
        join.strictness() == JoinStrictness.ANY && settings.isOn("join_any_take_last_row");
    this.firstRowsSuffice = !r.isEmpty() && !takeLast && !condition.hasPairs() && isOneRowEach();
    this.rowsMax = settings.number("max_rows_in_join");
    this.bytesMax = settings.number("max_bytes_in_join");
    this.breakAtLimit = settings.text("join_overflow_mode").equals("break");
  }

  private static void checkSupported(Plan.Join join) {
    JoinStrictness s = join.strictness();
    JoinKind k = join.kind();
    String what =
        switch (s) {
          case ALL -> null;
          case ANY -> k == JoinKind.FULL ? "ANY FULL JOINs are" : null;
          case SEMI, ANTI ->
              k == JoinKind.LEFT || k == JoinKind.RIGHT ? null : s + " " + k + " JOINs are";
          case ASOF ->
              k == JoinKind.LEFT || k == JoinKind.INNER ? null : "ASOF " + k + " JOINs are";
        };
    if (what != null) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, what + " not implemented");
    }
    if (s == JoinStrictness.ASOF && new JoinCondition(join).hasPairs()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "ASOF JOIN with a further condition over both sides");
    }
  }

  /** The keys that have to be equal: all but the last one of ASOF. */
  private static List<Integer> equalKeys(Plan.Join join, List<Integer> keys) {
    return join.strictness() == JoinStrictness.ASOF ? keys.subList(0, keys.size() - 1) : keys;
  }

  /**
   * Whether a left row meets at most one right row, the first of its key, and rights do not stay.
   */
  private boolean isOneRowEach() {
    return switch (join.strictness()) {
      case ALL, ASOF -> false;
      case ANY, SEMI, ANTI -> join.kind() == JoinKind.LEFT || join.kind() == JoinKind.INNER;
    };
  }

  Plan.Join join() {
    return join;
  }

  QueryContext context() {
    return context;
  }

  JoinCondition condition() {
    return condition;
  }

  JoinKeys leftKeys() {
    return leftKeys;
  }

  JoinRows rows() {
    return Objects.requireNonNull(rows);
  }

  JoinTable table() {
    return Objects.requireNonNull(table);
  }

  @Nullable JoinAsof asof() {
    return asof;
  }

  /** The row that ANY and SEMI take of each group, -1 where there is none. */
  int[] oneRowOfGroup() {
    return oneRowOfGroup;
  }

  /** Whether left rows without a match are part of the result. */
  boolean keepsUnmatchedLeft() {
    JoinKind k = join.kind();
    return (k == JoinKind.LEFT || k == JoinKind.FULL) && join.strictness() != JoinStrictness.SEMI;
  }

  /** Whether no left row can make a row of the result, as there are no right rows. */
  boolean makesNoRows() {
    return join.kind() != JoinKind.PASTE && !keepsUnmatchedLeft() && rows().size() == 0;
  }

  /** Whether right rows without a match are part of the result. */
  boolean keepsUnmatchedRight() {
    JoinKind k = join.kind();
    return (k == JoinKind.RIGHT || k == JoinKind.FULL) && join.strictness() != JoinStrictness.SEMI;
  }

  /** Whether it matters which right rows have met a left row. */
  private boolean needsMarks() {
    return join.kind() == JoinKind.RIGHT
        || join.kind() == JoinKind.FULL
        || join.kind() == JoinKind.INNER && join.strictness() == JoinStrictness.ANY;
  }

  /** The lanes with the unmatched right rows behind what the last of them yields. */
  List<Lane> withUnmatched(List<Lane> probing) {
    List<Lane> all = probing.isEmpty() ? List.of(new BlocksLane(List.of())) : probing;
    var left = new AtomicInteger(all.size());
    return all.stream().<Lane>map(l -> new UnmatchedLane(l, this, left)).toList();
  }

  /** A byte for each right row, not 0 when it has met a left row; empty where that is not kept. */
  byte[] marks() {
    return marks;
  }

  /** Marks a row; answers whether this call was the first to do so. */
  boolean claim(int row) {
    return marks[row] == 0 && MARK.compareAndSet(marks, row, (byte) 0, (byte) 1);
  }

  @Override
  public synchronized Sink.Local newLocal() {
    var local = new Local();
    lanes.add(local);
    return local;
  }

  @Override
  public void finish() {
    List<Block> blocks = new ArrayList<>();
    long charged = 0;
    for (Local l : lanes) {
      blocks.addAll(l.blocks);
      charged += l.charged;
    }
    JoinRows all = JoinRows.of(join, blocks, keepsUnmatchedLeft(), context::checkStopped);
    rows = all;
    context.memory().charge(all.retainedBytes());
    if (join.kind() != JoinKind.PASTE) {
      buildTable(all, blocks);
    }
    context.memory().charge(-charged);
    lanes.clear();
  }

  private void buildTable(JoinRows all, List<Block> blocks) {
    JoinTable built;
    if (keyTypes.isEmpty()) {
      built = JoinTable.ofAll(all.size(), skippedWithoutKeys(all.size()));
    } else {
      GroupTable keys = lanes.isEmpty() ? GroupTable.of(keyTypes) : largestTable();
      int[] groupOfRow = mergeGroups(keys, all.size());
      context.checkStopped();
      built = JoinTable.of(keys, groupOfRow);
      context.memory().charge(keys.retainedBytes());
    }
    if (join.strictness() == JoinStrictness.ASOF) {
      int place = join.rightKeys().getLast();
      asof =
          JoinAsof.of(
              built,
              join.right().header().type(place),
              all.input(place),
              Objects.requireNonNull(join.asof()));
      context.memory().charge(asof.retainedBytes());
    }
    oneRowOfGroup = built.oneRowOfGroup(takeLast);
    table = join.strictness() == JoinStrictness.ALL ? built.inOrderOfPieces() : built;
    marks = new byte[needsMarks() ? all.size() : 0];
    context.memory().charge(built.retainedBytes() + marks.length + 4L * oneRowOfGroup.length);
    blocks.clear();
  }

  private byte @Nullable [] skippedWithoutKeys(int size) {
    byte[] skip = new byte[size];
    int at = 0;
    boolean any = false;
    for (Local l : lanes) {
      for (int[] groups : l.groups) {
        for (int g : groups) {
          skip[at] = (byte) (g < 0 ? 1 : 0);
          any |= g < 0;
          at++;
        }
      }
    }
    return any ? skip : null;
  }

  private GroupTable largestTable() {
    GroupTable largest = lanes.getFirst().table;
    for (Local l : lanes) {
      if (l.table.size() > largest.size()) {
        largest = l.table;
      }
    }
    return largest;
  }

  /** Brings the groups of all lanes into one table; answers each row's group there. */
  private int[] mergeGroups(GroupTable into, int size) {
    int[] groupOfRow = new int[size];
    int at = 0;
    for (Local l : lanes) {
      int[] map = l.table == into || l.rows == 0 ? null : JoinTable.merge(into, l.table);
      for (int[] groups : l.groups) {
        if (map == null) {
          System.arraycopy(groups, 0, groupOfRow, at, groups.length);
        } else {
          for (int i = 0; i < groups.length; i++) {
            groupOfRow[at + i] = groups[i] < 0 ? -1 : map[groups[i]];
          }
        }
        at += groups.length;
      }
      context.checkStopped();
    }
    return groupOfRow;
  }

  /** One lane's rows, and their groups in a table of its own. */
  private final class Local implements Sink.Local {
    private final GroupTable table = GroupTable.of(keyTypes);
    private final List<Block> blocks = new ArrayList<>();
    private final List<int[]> groups = new ArrayList<>();
    private long charged;
    private long chargedTable;
    private int rows;
    private boolean sawSkipped;

    @Override
    public void consume(Block block) {
      Block b = new Block(block.columns(), block.rows());
      int n = b.rows();
      int[] g = new int[n];
      JoinTable.exclude(condition.skippedRight(b), n, g);
      if (!keyTypes.isEmpty()) {
        b = group(b, g);
      } else if (join.strictness() == JoinStrictness.ASOF) {
        JoinTable.exclude(asofNulls(b), n, g);
      }
      add(b, b.rows() == n ? g : java.util.Arrays.copyOf(g, b.rows()));
    }

    /** Writes groups to {@code g}, which has -1 at skipped rows; answers the rows to keep. */
    private Block group(Block b, int[] g) {
      int n = b.rows();
      JoinKeys.Batch keys = rightKeys.of(b);
      int before = table.size();
      int[] found = new int[n];
      table.groups(keys.columns(), n, found);
      JoinTable.exclude(keys.skip(), n, g);
      if (join.strictness() == JoinStrictness.ASOF) {
        JoinTable.exclude(asofNulls(b), n, g);
      }
      for (int r = 0; r < n; r++) {
        g[r] = g[r] < 0 ? -1 : found[r];
      }
      return firstRowsSuffice ? onlyFirstRows(b, g, found, before) : b;
    }

    /**
     * Later rows of a key are never looked at. A skipped row may have made the group of a key that
     * no row has, so from the first such row on all rows are kept.
     */
    private Block onlyFirstRows(Block b, int[] g, int[] found, int before) {
      int n = b.rows();
      for (int r = 0; r < n; r++) {
        sawSkipped |= g[r] < 0;
      }
      if (sawSkipped) {
        return b;
      }
      int[] selected = new int[n];
      int count = 0;
      int next = before;
      for (int r = 0; r < n; r++) {
        if (found[r] >= next) {
          next = found[r] + 1;
          g[count] = found[r];
          selected[count++] = r;
        }
      }
      Block kept = b.select(selected, count);
      return count == n ? b : new Block(kept.columns(), count);
    }

    private byte @Nullable [] asofNulls(Block b) {
      return new JoinKeys(List.of(join.rightKeys().getLast())).of(b).skip();
    }

    private void add(Block b, int[] g) {
      long bytes = b.retainedBytes();
      checkLimits(b.rows(), bytes);
      long tableBytes = table.retainedBytes();
      long more = bytes + 4L * g.length + tableBytes - chargedTable;
      context.memory().charge(more);
      charged += more;
      chargedTable = tableBytes;
      blocks.add(b);
      groups.add(g);
      rows += b.rows();
    }

    @Override
    public boolean isSatisfied() {
      return satisfied;
    }
  }

  private void checkLimits(int rowsMore, long bytesMore) {
    long r = rowsRead.addAndGet(rowsMore);
    long b = bytesRead.addAndGet(bytesMore);
    String problem = null;
    if (rowsMax > 0 && r > rowsMax) {
      problem = "max rows: " + readable(rowsMax) + ", current rows: " + readable(r);
    } else if (bytesMax > 0 && b > bytesMax) {
      problem =
          "max bytes: "
              + io.longhouse.column.MemoryTracker.readable(bytesMax)
              + ", current bytes: "
              + io.longhouse.column.MemoryTracker.readable(b);
    }
    if (problem == null) {
      return;
    }
    if (!breakAtLimit) {
      throw new LonghouseException(
          ErrorCode.SET_SIZE_LIMIT_EXCEEDED, "Limit for JOIN exceeded, " + problem);
    }
    satisfied = true;
  }

  /** A count as ClickHouse prints it: {@code 1.50 thousand}. */
  private static String readable(long n) {
    String[] units = {"", " thousand", " million", " billion", " trillion", " quadrillion"};
    double v = n;
    int u = 0;
    while (v >= 1000 && u + 1 < units.length) {
      v /= 1000;
      u++;
    }
    return String.format(java.util.Locale.ROOT, "%.2f%s", v, units[u]);
  }

  /** A left column as the result has it: Nullable where right rows may be without a left row. */
  Column leftOutput(Column c, int place) {
    DataType to = join.header().type(place);
    return join.left().header().type(place).equals(to) ? c : JoinRows.nullable(c, -1);
  }
}
