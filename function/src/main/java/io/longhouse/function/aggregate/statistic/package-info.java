/**
 * Moments, correlations, regressions, entropies and tests. States are the sums that the formulas
 * need; their bytes are ClickHouse's.
 */
@NullMarked
package io.longhouse.function.aggregate.statistic;

import org.jspecify.annotations.NullMarked;
