/** Rounding to digits, powers of two and given steps. The type of a number stays as it is. */
@NullMarked
package io.longhouse.function.scalar.rounding;

import org.jspecify.annotations.NullMarked;
