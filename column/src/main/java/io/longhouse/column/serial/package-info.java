/**
 * Whole columns as bytes: the substreams of a column in a part, and the one stream of the Native
 * format. A {@link io.longhouse.column.serial.BulkSerialization} is made of a type; it knows the
 * names and the order of the substreams.
 *
 * <pre>
 * fixed width    values
 * String         length:varint byte*              one stream
 *              | .size: length:u64   bytes        two streams
 * Nullable(T)    .null: u8 (1 is NULL)   T
 * Array(T)       .sizeN: u64 for each row        T
 *                (in parts the length of the row, in Native the end of its elements)
 * Tuple          its elements, %2Ename
 * Map(K, V)      Array(Tuple(keys K, values V))
 * LowCardinality version:u64 in front of everything, then for each granule
 *                flags:u64 [count:u64 keys] rows:u64 index*
 *                .dict: (count:u64 keys)*         in Wide parts, shared by many granules
 * sparse         .sparse.idx: (defaults before the value:varint)* (trailing defaults | 1 &lt;&lt; 62)
 *                values that are not the default
 * </pre>
 *
 * <p>Invariants: fixed-width values are copied in bulk, never one by one; where bytes come from
 * somebody else's stream no memory is taken for more than has arrived; a serialization with its
 * state belongs to one reader or one writer.
 */
@NullMarked
package io.longhouse.column.serial;

import org.jspecify.annotations.NullMarked;
