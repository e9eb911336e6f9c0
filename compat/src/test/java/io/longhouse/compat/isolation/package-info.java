/**
 * The proof that a member of one tenant learns nothing of another's rows, and changes none.
 *
 * <p>Two {@link io.longhouse.compat.isolation.World worlds} hold the same tables, the same users
 * and the same rows of tenant A; the rows of tenant B differ in everything. Statements of A, drawn
 * from a seed, run in both, and whatever can be observed must be equal. What depends on B differs
 * between the worlds and is found without knowing where it came from. Besides, values that only B
 * has must show nowhere, and B's rows must stay as they were.
 */
@NullMarked
package io.longhouse.compat.isolation;

import org.jspecify.annotations.NullMarked;
