/** Functions over bitmaps, which are states of {@code groupBitmap}. */
@NullMarked
package io.longhouse.function.scalar.bitmap;

import org.jspecify.annotations.NullMarked;
