/** Proofs of what is kept of tenants, after a crash too. */
@NullMarked
package io.longhouse.engine.tenancy.store;

import org.jspecify.annotations.NullMarked;
