package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.Turns;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.exec.group.GroupTable;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups and their states, for one thread: one lane's share, or one partition of the merged result.
 */
final class Aggregator {
  private static final int PIECE_ROWS = 4096;
  private static final int STATE_WORDS_IN_CACHE = 1 << 16;

  /** Where each function's state lies, and which of the evaluated columns are its arguments. */
  record Layout(
      List<DataType> keyTypes,
      List<AggregateFunction> functions,
      int[] firstArgument,
      int[] argumentCount,
      int[] words,
      int[] slots,
      int stride,
      int slotCount) {
    /** Key columns first (with the grouping set's number if there are sets), then all arguments. */
    static Layout of(Plan.Aggregate a) {
      List<DataType> keys = new ArrayList<>();
      a.keys().forEach(k -> keys.add(k.type()));
      if (a.hasGroupingSets()) {
        keys.add(io.longhouse.column.type.IntegerType.UINT64);
      }
      int n = a.aggregates().size();
      int[] first = new int[n];
      int[] count = new int[n];
      int[] words = new int[n];
      int[] slots = new int[n];
      List<AggregateFunction> functions = new ArrayList<>();
      int column = keys.size();
      int stride = 0;
      int slotCount = 0;
      for (int i = 0; i < n; i++) {
        Plan.AggregateCall call = a.aggregates().get(i);
        functions.add(call.function());
        first[i] = column;
        count[i] = call.arguments().size();
        column += count[i];
        words[i] = stride;
        slots[i] = slotCount;
        stride += call.function().stateWords();
        slotCount += call.function().stateObjects();
      }
      return new Layout(keys, functions, first, count, words, slots, stride, slotCount);
    }
  }

  private final Layout layout;
  private final @Nullable GroupTable table;
  private final GroupStates states;
  private int[] groups = new int[0];

  Aggregator(Layout layout) {
    this.layout = layout;
    this.table = layout.keyTypes().isEmpty() ? null : GroupTable.of(layout.keyTypes());
    this.states = new GroupStates(layout.stride(), layout.slotCount(), table == null ? 1 : 64);
    if (table == null) {
      states.ensure(1);
    }
  }

  int groupCount() {
    return table == null ? 1 : table.size();
  }

  long retainedBytes() {
    return states.retainedBytes() + (table == null ? 0 : table.retainedBytes());
  }

  /** Adds the rows of evaluated columns, keys first. */
  void add(Column[] columns, int rows) {
    if (table != null) {
      if (groups.length < rows) {
        groups = new int[rows];
      }
      table.groups(keys(columns), rows, groups);
      states.ensure(table.size());
    }
    addToStates(columns, rows);
  }

  private Column[] keys(Column[] columns) {
    Column[] keys = new Column[layout.keyTypes().size()];
    for (int k = 0; k < keys.length; k++) {
      keys[k] = columns[k].full();
    }
    return keys;
  }

  /** Adds rows whose group exists; the other rows go to {@code rest}, which has no keys. */
  void addToKnown(Column[] columns, int rows, Aggregator rest) {
    if (table == null) {
      add(columns, rows);
      return;
    }
    int[] found = new int[rows];
    table.find(keys(columns), rows, found);
    int[] known = new int[rows];
    int[] unknown = new int[rows];
    int knownCount = 0;
    int unknownCount = 0;
    for (int i = 0; i < rows; i++) {
      if (found[i] >= 0) {
        known[knownCount++] = i;
      } else {
        unknown[unknownCount++] = i;
      }
    }
    var block = new Block(columns, rows);
    if (unknownCount > 0) {
      rest.add(block.select(unknown, unknownCount).columns(), unknownCount);
    }
    if (knownCount > 0) {
      groups = groups.length < knownCount ? new int[rows] : groups;
      for (int i = 0; i < knownCount; i++) {
        groups[i] = found[known[i]];
      }
      addToStates(block.select(known, knownCount).columns(), knownCount);
    }
  }

  private void addToStates(Column[] columns, int rows) {
    if (rows > PIECE_ROWS && hasPieces(columns)) {
      addPieces(columns, rows);
    } else {
      addAll(columns, groups, rows);
    }
  }

  /**
   * Whether several functions shall see few rows at a time: where the states are larger than the
   * cache, so that those of a piece are there still when the next function comes.
   */
  private boolean hasPieces(Column[] columns) {
    if (table == null
        || layout.functions().size() < 2
        || (long) states.groups() * layout.stride() < STATE_WORDS_IN_CACHE) {
      return false;
    }
    for (int i = layout.keyTypes().size(); i < columns.length; i++) {
      boolean isCheap =
          switch (columns[i]) {
            case Int8Column _, Int16Column _, Int32Column _, Int64Column _ -> true;
            case Float32Column _, Float64Column _, ConstColumn _ -> true;
            default -> false;
          };
      if (!isCheap) {
        return false;
      }
    }
    return true;
  }

  private void addPieces(Column[] columns, int rows) {
    Column[] piece = columns.clone();
    int[] groupsOfPiece = new int[PIECE_ROWS];
    for (int from = 0; from < rows; from += PIECE_ROWS) {
      int n = Math.min(PIECE_ROWS, rows - from);
      System.arraycopy(groups, from, groupsOfPiece, 0, n);
      for (int i = layout.keyTypes().size(); i < piece.length; i++) {
        piece[i] = columns[i].slice(from, n);
      }
      addAll(piece, groupsOfPiece, n);
    }
  }

  private void addAll(Column[] columns, int[] groups, int rows) {
    for (int i = 0; i < layout.functions().size(); i++) {
      AggregateFunction f = layout.functions().get(i);
      Column[] arguments = new Column[layout.argumentCount()[i]];
      for (int k = 0; k < arguments.length; k++) {
        Column c = columns[layout.firstArgument()[i] + k];
        arguments[k] = f.takesDictionaries() ? c : plain(c);
      }
      if (table == null) {
        f.addToOne(states, layout.words()[i], layout.slots()[i], 0, arguments, rows);
      } else {
        f.add(states, layout.words()[i], layout.slots()[i], groups, arguments, rows);
      }
    }
  }

  private static Column plain(Column c) {
    return c instanceof ConstColumn k ? new ConstColumn(k.value().plain(), k.size()) : c.plain();
  }

  /**
   * Merges the groups of another aggregator that belong to partition {@code part} of {@code parts}.
   */
  void merge(Aggregator other, int part, int parts) {
    int[] chunk = new int[4096];
    int n = 0;
    for (int g = 0, all = other.groupCount(); g < all; g++) {
      if (parts == 1 || other.partition(g, parts) == part) {
        chunk[n++] = g;
      }
      if (n == chunk.length || g + 1 == all && n > 0) {
        mergeChunk(other, chunk, n);
        n = 0;
      }
    }
    if (n > 0) {
      mergeChunk(other, chunk, n);
    }
  }

  /** The types of {@link #serialized}: the keys', then a text with each function's state. */
  static List<DataType> serializedTypes(Layout layout) {
    List<DataType> types = new ArrayList<>(layout.keyTypes());
    layout.functions().forEach(_ -> types.add(StringType.TYPE));
    return types;
  }

  /** The groups of partition {@code part} of {@code parts} with their states, in blocks. */
  List<Block> serialized(int part, int parts, int blockRows) {
    List<Block> blocks = new ArrayList<>();
    int[] chunk = new int[blockRows];
    int n = 0;
    for (int g = 0, all = groupCount(); g < all; g++) {
      if (partition(g, parts) == part) {
        chunk[n++] = g;
      }
      if (n == chunk.length) {
        blocks.add(serialized(chunk, n));
        n = 0;
      }
    }
    if (n > 0) {
      blocks.add(serialized(chunk, n));
    }
    return blocks;
  }

  private Block serialized(int[] groups, int n) {
    List<Column> columns = new ArrayList<>();
    if (table != null) {
      columns.addAll(List.of(table.keys(groups, n)));
    }
    var bytes = new ByteWriter(64);
    for (int i = 0; i < layout.functions().size(); i++) {
      var out = new StringColumn.Builder(n);
      for (int r = 0; r < n; r++) {
        bytes.reset();
        layout
            .functions()
            .get(i)
            .serialize(states, layout.words()[i], layout.slots()[i], groups[r], bytes);
        out.add(bytes.buffer(), 0, bytes.position());
      }
      columns.add(out.build());
    }
    return new Block(columns, n);
  }

  /** Merges groups that were put aside; each key is once in the block. */
  void mergeSerialized(Block block) {
    var one = new Aggregator(layout);
    GroupTable keys = java.util.Objects.requireNonNull(one.table);
    int rows = block.rows();
    int[] found = new int[rows];
    int keyCount = layout.keyTypes().size();
    keys.groups(java.util.Arrays.copyOf(block.columns(), keyCount), rows, found);
    one.states.ensure(keys.size());
    for (int i = 0; i < layout.functions().size(); i++) {
      AggregateFunction f = layout.functions().get(i);
      var texts = (StringColumn) block.column(keyCount + i).full();
      for (int r = 0; r < rows; r++) {
        int from = texts.offsets()[r];
        var in = new ByteReader(texts.bytes(), from, texts.offsets()[r + 1] - from);
        f.deserialize(one.states, layout.words()[i], layout.slots()[i], found[r], in);
      }
    }
    merge(one, 0, 1);
  }

  private int partition(int group, int parts) {
    return table == null ? 0 : (int) (table.hashOf(group) >>> 58) & parts - 1;
  }

  private void mergeChunk(Aggregator other, int[] from, int n) {
    Turns.between();
    int[] into = new int[n];
    if (table != null && other.table != null) {
      table.groups(other.table.keys(from, n), n, into);
      states.ensure(table.size());
    }
    mergeStates(other, from, into, n);
  }

  private void mergeStates(Aggregator other, int[] from, int[] into, int n) {
    for (int i = 0; i < layout.functions().size(); i++) {
      int word = layout.words()[i];
      int slot = layout.slots()[i];
      layout.functions().get(i).merge(states, word, slot, into, other.states, word, slot, from, n);
    }
  }

  /** Merges some groups' states, whatever their keys, into group 0: totals. */
  void mergeIntoOne(Aggregator other, int[] from, int n) {
    states.ensure(1);
    mergeStates(other, from, new int[n], n);
  }

  /** Keys and results of {@code count} groups from {@code first} on. */
  Block results(int first, int count) {
    List<Column> columns = new ArrayList<>();
    if (table != null) {
      int[] wanted = new int[count];
      for (int i = 0; i < count; i++) {
        wanted[i] = first + i;
      }
      columns.addAll(List.of(table.keys(wanted, count)));
    }
    addResults(columns, first, count);
    return new Block(columns, count);
  }

  /** One row: default keys and the results of group 0. */
  Block totalsRow() {
    states.ensure(1);
    List<Column> columns = new ArrayList<>();
    for (DataType t : layout.keyTypes()) {
      columns.add(t.defaultValue());
    }
    addResults(columns, 0, 1);
    return new Block(columns, 1);
  }

  private void addResults(List<Column> columns, int first, int count) {
    for (int i = 0; i < layout.functions().size(); i++) {
      AggregateFunction f = layout.functions().get(i);
      ColumnBuilder out = f.resultType().newBuilder(count);
      f.result(states, layout.words()[i], layout.slots()[i], first, count, out);
      columns.add(out.build());
    }
  }
}
