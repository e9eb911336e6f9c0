package io.longhouse.engine.table.lookup;

import io.longhouse.column.Block;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** A Join table. With ANY, SEMI and ANTI one row of each key is kept, unless it is RIGHT. */
final class JoinTable extends LookupTable {
  private final String strictness;
  private final String kind;
  private final int[] keys;
  private final KeyedRows.Keep keep;
  private volatile KeyedRows rows;

  JoinTable(
      TableEngine.Definition d, String strictness, String kind, List<String> keys, boolean last) {
    super(d);
    this.strictness = strictness;
    this.kind = kind;
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
