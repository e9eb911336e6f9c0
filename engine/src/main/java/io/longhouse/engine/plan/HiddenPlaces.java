package io.longhouse.engine.plan;

import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Set;

/**
 * Where a row stands in its table tells how many rows stand around it: virtual columns that say so
 * are not read under a row policy. What follows from the row itself is.
 */
final class HiddenPlaces {
  private static final Set<String> OF_THE_ROW =
      Set.of(
          "_partition_id",
          "_partition_value",
          "_sample_factor",
          "_row_exists",
          "_disk_name",
          "_table",
          "_database",
          "_shard_num",
          "_path",
          "_file");

  private HiddenPlaces() {}

  /**
   * @throws LonghouseException ACCESS_DENIED (497)
   */
  static void check(Plan plan) {
    if (plan instanceof Plan.Scan s && s.request().guarded()) {
      s.request().columns().forEach(c -> check(c, s.table()));
    }
    plan.inputs().forEach(HiddenPlaces::check);
  }

  private static void check(String column, Table table) {
    boolean isVirtual =
        table.columns().stream().noneMatch(c -> c.name().equals(column))
            && table.virtualColumns().stream().anyMatch(c -> c.name().equals(column));
    if (isVirtual && !OF_THE_ROW.contains(column)) {
      throw new LonghouseException(
          ErrorCode.ACCESS_DENIED,
          "Column "
              + column
              + " of table "
              + table.id()
              + " tells of rows that its row policies hide, so it cannot be read");
    }
  }
}
