/**
 * Hash functions whose values are stored or shown to users, so that they must equal ClickHouse's to
 * the bit: CityHash 1.0.2, SipHash-2-4, MurmurHash and the integer mixers. Kernels are static
 * methods over bytes and primitives; {@link io.longhouse.column.hash.ColumnHash} applies one to
 * columns of any layout. Tables in memory use {@link io.longhouse.column.ValueBytes#hash} instead.
 */
@NullMarked
package io.longhouse.column.hash;

import org.jspecify.annotations.NullMarked;
