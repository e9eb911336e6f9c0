/** Aggregate functions that collect values: arrays, samples, concatenations, maps of sums. */
@NullMarked
package io.longhouse.function.aggregate.collect;

import org.jspecify.annotations.NullMarked;
