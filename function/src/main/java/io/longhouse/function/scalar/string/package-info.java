/**
 * Functions from strings to strings. Loops work on the columns' bytes and offsets; results that
 * have the length of their arguments keep the arguments' offsets.
 */
@NullMarked
package io.longhouse.function.scalar.string;

import org.jspecify.annotations.NullMarked;
