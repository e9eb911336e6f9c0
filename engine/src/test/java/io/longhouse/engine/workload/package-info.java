/** Proofs of the operators. */
@NullMarked
package io.longhouse.engine.workload;

import org.jspecify.annotations.NullMarked;
