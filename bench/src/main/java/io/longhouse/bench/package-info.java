/**
 * The side-by-side benchmark: the same rows in Longhouse, ClickHouse and DuckDB, the same queries
 * in turn, results compared, ratios printed. Longhouse runs as its own server, with checksums and
 * limits on; the others run in processes of their own too, so that the CPU time of each is that of
 * a process and nothing else. DuckDB takes part in the queries only, and only where its driver can
 * be had.
 */
@NullMarked
package io.longhouse.bench;

import org.jspecify.annotations.NullMarked;
