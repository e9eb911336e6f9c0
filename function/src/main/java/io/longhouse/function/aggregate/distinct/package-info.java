/** Numbers of different values, exact and approximate. */
@NullMarked
package io.longhouse.function.aggregate.distinct;

import org.jspecify.annotations.NullMarked;
