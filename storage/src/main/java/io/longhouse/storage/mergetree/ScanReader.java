package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads morsels of a scan. For one thread at a time. */
public final class ScanReader {
  private static final ScanColumns.Target ROW_EXISTS =
      new ScanColumns.Target.Virtual(VirtualColumn.ROW_EXISTS, IntegerType.UINT8);

  private final MergeTreeMetadata metadata;
  private final List<ScanColumns.Target> targets;
  private final List<Condition> prewhere;
  private final Set<Integer> prewhereOnly;
  private final Function<DataPart, Map<String, String>> renames;
  private final boolean applyMask;
  private @Nullable PartColumns columns;
  private long rowsRead;
  private long bytesRead;
  private int firstOperands;
  private long rowsPassed;
  private long bytesPassed;

  /** A condition over the columns at {@code places}. */
  private record Condition(Program program, int[] places) {
    static Condition of(Expr e) {
      var used = new TreeSet<Integer>();
      MergeTreeMetadata.collectInputs(e, used);
      int[] places = used.stream().mapToInt(i -> i).toArray();
      return new Condition(new Program(List.of(renumbered(e, places))), places);
    }

    private static Expr renumbered(Expr e, int[] places) {
      if (e instanceof Expr.Input i) {
        return new Expr.Input(Arrays.binarySearch(places, i.index()), i.type());
      }
      return e.mapChildren(c -> renumbered(c, places));
    }
  }

  /**
   * @param prewhereOnly places of columns that nobody but the condition looks at
   * @param renames columns of a part that still have an old name there: new name to old
   * @param applyMask whether rows that are marked as deleted are left out
   */
  ScanReader(
      MergeTreeMetadata metadata,
      List<ScanColumns.Target> targets,
      @Nullable Expr prewhere,
      Set<Integer> prewhereOnly,
      Function<DataPart, Map<String, String>> renames,
      boolean applyMask) {
    this.metadata = metadata;
    this.targets = targets;
    this.prewhereOnly = prewhereOnly;
    this.renames = renames;
    this.applyMask = applyMask;
    this.prewhere = prewhere == null ? List.of() : conditions(prewhere);
  }

  /**
   * The operands of AND one after the other, so that each sees only the rows that those before it
   * have left; all at once where one before the last depends on more than its row.
   */
  private static List<Condition> conditions(Expr prewhere) {
    List<Expr> operands = new ArrayList<>();
    collectOperands(prewhere, operands);
    boolean apart =
        operands.stream().allMatch(e -> isTruth(e.type()))
            && operands.stream().limit(operands.size() - 1).allMatch(ScanReader::isDeterministic);
    return (apart ? operands : List.of(prewhere)).stream().map(Condition::of).toList();
  }

  private static void collectOperands(Expr e, List<Expr> into) {
    if (e instanceof Expr.Call c && c.name().equals("and")) {
      c.arguments().forEach(a -> collectOperands(a, into));
    } else {
      into.add(e);
    }
  }

  private static boolean isTruth(DataType type) {
    DataType t = NullableType.strip(LowCardinalityType.strip(type));
    return t instanceof IntegerType i && i.bytes() <= 8
        || t instanceof BoolType
        || t instanceof FloatType;
  }

  private static boolean isDeterministic(Expr e) {
    boolean own = !(e instanceof Expr.Call c) || c.function().isConstantInQuery();
    return own && e.children().stream().allMatch(ScanReader::isDeterministic);
  }

  /** Rows read so far, those that the condition left out included. */
  public long rowsRead() {
    return rowsRead;
  }

  /** Bytes of the columns read so far. */
  public long bytesRead() {
    return bytesRead;
  }

  /** Counts rows from now on as {@link #rowsPassed} says, for so many operands. */
  void countAfter(int operands) {
    firstOperands = operands;
  }

  /** Rows that the first operands of the condition have left so far. */
  public long rowsPassed() {
    return rowsPassed;
  }

  /** Bytes of what was read of those rows, as often as a value was looked at first. */
  public long bytesPassed() {
    return bytesPassed;
  }

  /** The rows of a morsel that are left by deletions and the condition; null if there are none. */
  public @Nullable Block read(Morsel m) {
    try {
      return readMorsel(m);
    } catch (LonghouseException e) {
      if (PartCheck.isAboutFiles(e.errorCode())) {
        m.part().part().suspect();
      }
      throw e;
    }
  }

  private @Nullable Block readMorsel(Morsel m) {
    PartColumns part = columns;
    if (part == null || part.part() != m.part().part()) {
      part = new PartColumns(metadata, m.part(), renames.apply(m.part().part()));
      columns = part;
    }
    rowsRead += m.rows();
    var rows = new MorselRows(part, m, targets);
    Block block = isAnyLeft(part, m, rows) ? block(rows) : null;
    bytesRead += rows.bytesRead();
    bytesPassed += rows.bytesPassed();
    return block;
  }

  private boolean isAnyLeft(PartColumns part, Morsel m, MorselRows rows) {
    if (applyMask && part.part().columnType(VirtualColumn.ROW_EXISTS.columnName()) != null) {
      if (!rows.keep(part.read(ROW_EXISTS, m.from(), m.to()))) {
        return false;
      }
    }
    for (int k = 0; k < prewhere.size(); k++) {
      Condition c = prewhere.get(k);
      Column[] inputs = new Column[c.places.length];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = rows.column(c.places[i]);
      }
      Column mask = c.program.evaluate(new Block(inputs, rows.count()))[0];
      boolean onlyCounts = k == prewhere.size() - 1 && prewhereOnly.size() == targets.size();
      if (!(onlyCounts ? rows.count(mask) : rows.keep(mask))) {
        return false;
      }
      if (k + 1 == firstOperands) {
        rowsPassed += rows.count();
        rows.countFromNowOn();
      }
    }
    return true;
  }

  private Block block(MorselRows rows) {
    Column[] out = new Column[targets.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          prewhereOnly.contains(i)
              ? new ConstColumn(targets.get(i).type().defaultValue(), rows.count())
              : rows.column(i);
    }
    return new Block(out, rows.count());
  }
}
