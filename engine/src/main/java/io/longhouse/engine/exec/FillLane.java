package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WITH FILL: lets sorted rows through and puts rows into the gaps between them. Works row by row as
 * a state machine, since a gap may be longer than any block.
 */
final class FillLane implements Lane {
  private final Lane input;
  private final Plan.Fill fill;
  private final FillKey[] keys;
  private final FillCursor cursor;
  private final boolean stale;
  private final int[] prefix;
  private final @Nullable Program interpolations;
  private final List<ColumnBuilder> out;
  private final Role[] roles;

  private Phase phase = Phase.FETCH;
  private @Nullable Block block;
  private int row;
  private @Nullable Block rangeRow;
  private @Nullable Block previous;
  private boolean inserted;
  private boolean ended;
  private boolean waiting;

  /** What comes next. */
  private enum Phase {
    FETCH,
    RANGE,
    ROW,
    GAP,
    STALE_JUMP,
    STALE_GAP,
    COPY,
    SUFFIX,
    SUFFIX_GAP,
    DONE
  }

  /** What a column has in a row that is put in. */
  private enum Role {
    DEFAULT,
    KEY,
    PREFIX,
    INTERPOLATED
  }

  FillLane(Lane input, Plan.Fill fill, QueryContext context) {
    this.input = input;
    this.fill = fill;
    this.keys = new FillKey[fill.ranges().size()];
    this.roles = new Role[fill.header().size()];
    java.util.Arrays.fill(roles, Role.DEFAULT);
    boolean anyStale = false;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new FillKey(fill, fill.ranges().get(i));
      roles[keys[i].column()] = Role.KEY;
      anyStale |= keys[i].hasStaleness();
    }
    this.stale = anyStale;
    this.cursor = new FillCursor(keys);
    int prefixKeys =
        keys.length > 0 && context.settings().isOn("use_with_fill_by_sorting_prefix")
            ? fill.ranges().getFirst().key()
            : 0;
    this.prefix = new int[prefixKeys];
    for (int i = 0; i < prefixKeys; i++) {
      prefix[i] = fill.keys().get(i).column();
      roles[prefix[i]] = Role.PREFIX;
    }
    fill.interpolate().forEach(p -> roles[p.column()] = Role.INTERPOLATED);
    this.interpolations =
        fill.interpolate().isEmpty()
            ? null
            : new Program(fill.interpolate().stream().map(Plan.Interpolation::expression).toList());
    this.out = fill.header().newBuilders(64);
  }

  @Override
  public @Nullable Block next() {
    waiting = false;
    while (phase != Phase.DONE && !waiting && out.getFirst().size() < Pipelines.BLOCK_ROWS) {
      step();
    }
    int rows = out.getFirst().size();
    if (rows == 0 && phase == Phase.DONE) {
      return null;
    }
    List<Column> columns = new ArrayList<>();
    out.forEach(b -> columns.add(b.build()));
    return new Block(columns, rows);
  }

  private void step() {
    switch (phase) {
      case FETCH -> fetch();
      case RANGE -> beginRange();
      case ROW -> beginRow();
      case GAP -> gap();
      case STALE_JUMP -> staleJump();
      case STALE_GAP -> {
        cursor.changed = false;
        if (cursor.advance()) {
          insert(current());
        } else {
          phase = Phase.STALE_JUMP;
        }
      }
      case COPY -> copy();
      case SUFFIX -> beginSuffix();
      case SUFFIX_GAP -> {
        if (cursor.advance()) {
          insert(rangeRow);
        } else {
          inserted &= !cursor.changed;
          phase = ended ? Phase.DONE : Phase.RANGE;
        }
      }
      case DONE -> {}
    }
  }

  private void fetch() {
    Block b = block;
    if (b == null || row == b.rows()) {
      b = input.next();
      row = 0;
      if (b == null) {
        ended = true;
        block = null;
        if (rangeRow == null) {
          cursor.rowToFrom(0);
          inserted = false;
        }
        phase = Phase.SUFFIX;
        return;
      }
      Column[] full = b.columns();
      for (int i = 0; i < full.length; i++) {
        full[i] = full[i].full();
      }
      b = new Block(full, b.rows());
      block = b;
      if (b.rows() == 0) {
        waiting = true;
        return;
      }
    }
    Block range = rangeRow;
    if (range == null) {
      phase = Phase.RANGE;
    } else {
      phase = samePrefix(range, b) ? Phase.ROW : Phase.SUFFIX;
    }
  }

  private boolean samePrefix(Block range, Block b) {
    if (prefix.length == 0) {
      return true;
    }
    var order = new RowComparison(fill.keys().subList(0, prefix.length), fill.header());
    return order.compare(range, 0, b, row) == 0;
  }

  private Block current() {
    Block b = block;
    if (b == null) {
      throw new IllegalStateException("no row");
    }
    return b;
  }

  /** The first row of all, or of a prefix. */
  private void beginRange() {
    Block b = current();
    rangeRow = b.slice(row, 1);
    boolean insertFirst = false;
    var first = new FillCursor(keys);
    first.readNext(b, row);
    for (int i = 0; i < keys.length; i++) {
      Long from = keys[i].from();
      if (from != null && !first.nextIs(i, from)) {
        cursor.rowToFrom(i);
        inserted = false;
        insertFirst = first.nextIsBehind(i, from);
        break;
      }
      cursor.rowFrom(first, i);
    }
    if (insertFirst) {
      insert(b);
    }
    if (stale) {
      cursor.boundByStaleness(first);
    }
    phase = Phase.ROW;
  }

  private void beginRow() {
    Block b = current();
    boolean ahead = cursor.compareRowToNext() > 0;
    cursor.readNext(b, row);
    if (ahead && cursor.compareRowToNext() < 0 && cursor.isWithinBounds()) {
      insert(b);
    }
    cursor.changed = false;
    phase = Phase.GAP;
  }

  private void gap() {
    if (cursor.advance()) {
      insert(current());
      cursor.changed = false;
    } else if (stale) {
      cursor.boundByStaleness(cursor);
      phase = Phase.STALE_JUMP;
    } else {
      phase = Phase.COPY;
    }
  }

  private void staleJump() {
    if (cursor.shift()) {
      insert(current());
      cursor.changed = false;
      phase = Phase.STALE_GAP;
    } else {
      phase = Phase.COPY;
    }
  }

  /** Lets original rows through. */
  private void copy() {
    Block b = current();
    inserted &= !cursor.changed;
    for (int i = 0; i < out.size(); i++) {
      out.get(i).append(b.column(i), row);
    }
    if (interpolations != null) {
      previous = b.slice(row, 1);
    }
    row++;
    phase = Phase.FETCH;
  }

  private void beginSuffix() {
    boolean insertFirst =
        cursor.compareRowToNext() > 0 && !inserted
            || cursor.isNextUnknown() && !cursor.isRowUnknown();
    cursor.forgetNext();
    if (!cursor.hasBounds() || !cursor.isWithinBounds()) {
      phase = ended ? Phase.DONE : Phase.RANGE;
      return;
    }
    if (insertFirst) {
      insert(rangeRow);
    }
    cursor.changed = false;
    phase = Phase.SUFFIX_GAP;
  }

  /**
   * Puts a row in.
   *
   * @param source where the prefix comes from: the current row's block, or the range's first row
   */
  private void insert(@Nullable Block source) {
    Block before = previous;
    Block made = interpolations == null ? null : interpolated(before);
    int at = source == block ? row : 0;
    int key = 0;
    for (FillKey k : keys) {
      ColumnBuilder b = out.get(k.column());
      if (cursor.isKnown(key)) {
        k.append(b, cursor.value(key));
      } else {
        b.appendDefault(1);
      }
      key++;
    }
    for (int i = 0; i < roles.length; i++) {
      switch (roles[i]) {
        case KEY -> {}
        case DEFAULT -> out.get(i).appendDefault(1);
        case PREFIX -> {
          if (source == null) {
            out.get(i).appendDefault(1);
          } else {
            out.get(i).append(source.column(i), at);
          }
        }
        case INTERPOLATED -> {
          if (made != null) {
            out.get(i).append(made.column(i), 0);
          }
        }
      }
    }
    if (made != null) {
      previous = remembered(made, source, at);
    }
    inserted = true;
  }

  /** A row whose interpolated columns are computed from the row before. */
  private Block interpolated(@Nullable Block before) {
    Program p = interpolations;
    if (p == null) {
      throw new IllegalStateException("nothing to interpolate");
    }
    Column[] columns = new Column[roles.length];
    if (before == null) {
      for (int i = 0; i < columns.length; i++) {
        columns[i] = defaultOf(i);
      }
      before = new Block(columns.clone(), 1);
    }
    Column[] computed = p.evaluate(before);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = before.column(i);
    }
    for (int i = 0; i < computed.length; i++) {
      columns[fill.interpolate().get(i).column()] = computed[i].full();
    }
    return new Block(columns, 1);
  }

  private Column defaultOf(int i) {
    ColumnBuilder b = fill.header().type(i).newBuilder(1);
    b.appendDefault(1);
    return b.build();
  }

  /** The row just put in, as the one before the next. */
  private Block remembered(Block made, @Nullable Block source, int at) {
    Column[] columns = new Column[roles.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          switch (roles[i]) {
            case INTERPOLATED -> made.column(i);
            case PREFIX -> source == null ? defaultOf(i) : source.column(i).slice(at, 1);
            case KEY, DEFAULT -> defaultOf(i);
          };
    }
    for (int k = 0; k < keys.length; k++) {
      if (cursor.isKnown(k)) {
        ColumnBuilder b = fill.header().type(keys[k].column()).newBuilder(1);
        keys[k].append(b, cursor.value(k));
        columns[keys[k].column()] = b.build();
      }
    }
    return new Block(columns, 1);
  }

  @Override
  public void close() {
    input.close();
  }
}
