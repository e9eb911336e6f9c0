/**
 * Aggregate functions with states of a few words: sums, averages, extremes, any value, counts, bit
 * operations, and those that are chosen by another value.
 */
@NullMarked
package io.longhouse.function.aggregate.basic;

import org.jspecify.annotations.NullMarked;
