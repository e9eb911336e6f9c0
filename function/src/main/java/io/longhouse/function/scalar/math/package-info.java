/** Functions of real numbers. All are computed in Float64 whatever the type of the argument. */
@NullMarked
package io.longhouse.function.scalar.math;

import org.jspecify.annotations.NullMarked;
