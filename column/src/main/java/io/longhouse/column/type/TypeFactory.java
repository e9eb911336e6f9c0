package io.longhouse.column.type;

import io.longhouse.sql.ast.TypeName;

/** Makes a data type of a name that was parsed; registered under the name of the type's family. */
public interface TypeFactory {
  /**
   * @throws io.longhouse.sql.LonghouseException when the arguments do not fit the family
   */
  DataType create(TypeName name);
}
