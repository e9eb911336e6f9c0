/**
 * The side-by-side benchmark: the same rows in Longhouse and in ClickHouse, the same queries in
 * turn, results compared, ratios printed. Longhouse runs as its own server, with checksums and
 * limits on; ClickHouse runs in a process of its own too, so that the CPU time of both is that of a
 * process and nothing else.
 */
@NullMarked
package io.longhouse.bench;

import org.jspecify.annotations.NullMarked;
