/** Functions over tuples: building them, taking them apart, and arithmetic by element. */
@NullMarked
package io.longhouse.function.scalar.tuple;

import org.jspecify.annotations.NullMarked;
