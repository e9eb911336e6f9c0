/** Quantiles: exact, sampled, digested. One file for one kind of state. */
@NullMarked
package io.longhouse.function.aggregate.quantile;

import org.jspecify.annotations.NullMarked;
