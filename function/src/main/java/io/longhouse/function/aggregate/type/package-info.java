/** The data types of aggregate states, and the scalar functions that work on states. */
@NullMarked
package io.longhouse.function.aggregate.type;

import org.jspecify.annotations.NullMarked;
