/** Proofs of access control. */
@NullMarked
package io.longhouse.engine.access;

import org.jspecify.annotations.NullMarked;
