/**
 * Set and Join: tables that are kept in memory to be looked up in. Each INSERT is a file {@code
 * N.bin}, compressed blocks in the Native format, as ClickHouse has them; all of them are read when
 * the table is loaded.
 */
@NullMarked
package io.longhouse.engine.table.lookup;

import org.jspecify.annotations.NullMarked;
