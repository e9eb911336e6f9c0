/** Bits of whole numbers and of strings, which are bit strings with the first bit in front. */
@NullMarked
package io.longhouse.function.scalar.bit;

import org.jspecify.annotations.NullMarked;
