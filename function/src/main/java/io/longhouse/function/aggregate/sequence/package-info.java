/**
 * Aggregate functions of events in time: funnels, patterns, intervals, differences, averages that
 * decay.
 */
@NullMarked
package io.longhouse.function.aggregate.sequence;

import org.jspecify.annotations.NullMarked;
