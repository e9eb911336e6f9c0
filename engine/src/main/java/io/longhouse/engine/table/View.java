package io.longhouse.engine.table;

import io.longhouse.sql.ast.Query;

/** A table whose rows are a query's: reading it is analysing the query in its place. */
public interface View extends Table {
  Query query();
}
