/**
 * What aggregate functions keep their states in: widened inputs, growing sets and samples with
 * ClickHouse's order and bytes, and the base classes with the loops over groups. Place on the
 * data's path: below every aggregate function. Invariant: nothing here knows a function's name.
 */
@NullMarked
package io.longhouse.function.aggregate.state;

import org.jspecify.annotations.NullMarked;
