package io.longhouse.function.scalar;

import io.longhouse.column.type.DataType;
import io.longhouse.function.CommonType;
import java.util.List;

/** The smallest type that holds the values of several. */
public final class Supertype {
  private Supertype() {}

  /**
   * @throws io.longhouse.sql.LonghouseException NO_COMMON_TYPE (386)
   */
  public static DataType of(List<DataType> types) {
    return CommonType.of(types);
  }

  public static DataType of(DataType a, DataType b) {
    return CommonType.of(a, b);
  }
}
