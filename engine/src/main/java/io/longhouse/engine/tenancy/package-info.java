/**
 * Statements about tenants and tenant spaces. What a tenant is and what stands behind it says
 * {@code io.longhouse.tenancy}; here it is carried out: records are put into the store, a tenant's
 * own tables are made, altered and dropped.
 *
 * <p>Invariants: a tenant whose tables are being made is nobody's yet, and one whose tables are
 * being dropped is nobody's any more. Whatever takes several steps is noted in the record of the
 * space before its first step and is finished or taken back when the engine starts again.
 */
@NullMarked
package io.longhouse.engine.tenancy;

import org.jspecify.annotations.NullMarked;
