/**
 * Aggregate functions. A group is a number; the fixed-width states of all groups and all functions
 * of one aggregation lie row-wise in one {@code long[]}, states that grow are objects in arrays
 * beside it ({@link io.longhouse.function.aggregate.GroupStates}). All words zero and all objects
 * null is the empty state. Serialised states are ClickHouse's bytes.
 */
@NullMarked
package io.longhouse.function.aggregate;

import org.jspecify.annotations.NullMarked;
