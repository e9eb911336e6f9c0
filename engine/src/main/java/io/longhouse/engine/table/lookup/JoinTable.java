package io.longhouse.engine.table.lookup;

import io.longhouse.column.Block;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** A Join table. With ANY, SEMI and ANTI one row of each key is kept, unless it is RIGHT. */
public final class JoinTable extends LookupTable {
  private final String strictness;
  private final String kind;
  private final int[] keys;
  private final KeyedRows.Keep keep;
  private final boolean useNulls;
  private volatile KeyedRows rows;

  JoinTable(
      TableEngine.Definition d,
      String strictness,
      String kind,
      List<String> keys,
      boolean last,
      boolean useNulls) {
    super(d);
    this.strictness = strictness;
    this.kind = kind;
    this.useNulls = useNulls;
    this.keys = new int[keys.size()];
    for (int i = 0; i < this.keys.length; i++) {
      this.keys[i] = header.indexOf(keys.get(i));
      if (this.keys[i] < 0) {
        throw new LonghouseException(
            ErrorCode.NO_SUCH_COLUMN_IN_TABLE,
            "Key column (" + keys.get(i) + ") does not exist in table declaration.");
      }
    }
    boolean one = !strictness.equals("ALL") && !kind.equals("RIGHT");
    this.keep = one ? (last ? KeyedRows.Keep.LAST : KeyedRows.Keep.FIRST) : KeyedRows.Keep.ALL;
    this.rows = KeyedRows.of(header, this.keys, List.of(), keep);
  }

  @Override
  public String engine() {
    return "Join";
  }

  /**
   * Checks that a join is the one that the table was made for.
   *
   * @param nulls whether {@code join_use_nulls} is on
   * @throws LonghouseException INCOMPATIBLE_TYPE_OF_JOIN (264)
   */
  public void checkJoin(String wantedKind, String wantedStrictness, boolean nulls) {
    if (!kind.equals(wantedKind) || !strictness.equals(wantedStrictness)) {
      throw new LonghouseException(
          ErrorCode.INCOMPATIBLE_TYPE_OF_JOIN,
          "Table '" + id() + "' has incompatible type of JOIN.");
    }
    if (nulls != useNulls && (kind.equals("LEFT") || kind.equals("FULL"))) {
      throw new LonghouseException(
          ErrorCode.INCOMPATIBLE_TYPE_OF_JOIN,
          "Table "
              + id()
              + " needs the same join_use_nulls setting as present in LEFT or FULL JOIN");
    }
  }

  boolean isAnyLeft() {
    return strictness.equals("ANY") && kind.equals("LEFT");
  }

  int[] keys() {
    return keys;
  }

  KeyedRows rows() {
    return rows;
  }

  @Override
  void add(List<Block> blocks) {
    List<Block> all = new ArrayList<>(blocks());
    all.addAll(blocks);
    rows = KeyedRows.of(header, keys, all, keep);
  }

  @Override
  void clear() {
    rows = KeyedRows.of(header, keys, List.of(), keep);
  }

  @Override
  List<Block> blocks() {
    Block all = rows.rows();
    return all.rows() == 0 ? List.of() : List.of(all);
  }
}
