package io.longhouse.engine.table.log;

/**
 * A block of rows in the files.
 *
 * @param offsets where each substream has it, in the order of the table's substreams
 */
record StoredBlock(long rows, long[] offsets) {}
