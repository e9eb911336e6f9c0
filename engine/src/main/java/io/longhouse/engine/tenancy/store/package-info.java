/**
 * Where tenants and their spaces are kept: one file of append-only B-trees, of which only the pages
 * in use are in memory.
 *
 * <p>Invariants: a change is in all of its maps or in none, and on the disk before the call that
 * makes it returns. Opening costs the same with ten tenants and with a million.
 */
@NullMarked
package io.longhouse.engine.tenancy.store;

import org.jspecify.annotations.NullMarked;
