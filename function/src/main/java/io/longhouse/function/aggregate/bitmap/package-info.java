/**
 * Sets of integers as compressed bitmaps: the state of {@code groupBitmap} and what the bitmap
 * functions work on. Serialised, a set is ClickHouse's bytes.
 */
@NullMarked
package io.longhouse.function.aggregate.bitmap;

import org.jspecify.annotations.NullMarked;
