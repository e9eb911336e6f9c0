/** Suffixes that make an aggregate function of an aggregate function. One file for one suffix. */
@NullMarked
package io.longhouse.function.aggregate.combinator;

import org.jspecify.annotations.NullMarked;
