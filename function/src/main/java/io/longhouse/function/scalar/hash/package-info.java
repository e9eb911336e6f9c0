/**
 * Hash functions of SQL, equal to ClickHouse's to the bit. Those of any arguments are {@link
 * io.longhouse.column.hash.ColumnHash}es; digests and checksums take one string.
 */
@NullMarked
package io.longhouse.function.scalar.hash;

import org.jspecify.annotations.NullMarked;
