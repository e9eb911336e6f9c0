/** Proofs of the operators. */
@NullMarked
package io.longhouse.engine.exec;

import org.jspecify.annotations.NullMarked;
