/** Random numbers, strings and identifiers. Every evaluation draws from a generator of its own. */
@NullMarked
package io.longhouse.function.scalar.random;

import org.jspecify.annotations.NullMarked;
