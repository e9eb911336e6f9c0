/**
 * Log, TinyLog and StripeLog: tables that only grow, in ClickHouse's files.
 *
 * <pre>
 * sizes.json     {"clickhouse":{"a%2Ebin":{"size":"55"},...}}   the bytes of each file that count
 *
 * Log, TinyLog   a.bin, n.null.bin, x.size0.bin ...   the substreams of the columns, compressed
 * Log            __marks.mrk   for each block and each substream: rows so far:u64 offset:u64
 *
 * StripeLog      data.bin      for each block: columns:varint rows:varint, then each column as the
 *                              Native format has it; each of these in compressed frames of its own
 *                index.mrk     compressed, for each block: columns:varint rows:varint
 *                              (name type offset:u64 offset in the frame:u64)*
 * </pre>
 *
 * <p>Invariants: files are appended to by one thread at a time, and an INSERT's bytes come to count
 * in one step, when sizes.json is replaced; what stands behind is cut off when the table is loaded.
 * Readers see what counted when they began; bytes that count never change, and truncating makes new
 * files.
 */
@NullMarked
package io.longhouse.engine.table.log;

import org.jspecify.annotations.NullMarked;
