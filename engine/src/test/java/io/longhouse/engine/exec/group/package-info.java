/** Proofs of the tables of groups. */
@NullMarked
package io.longhouse.engine.exec.group;

import org.jspecify.annotations.NullMarked;
