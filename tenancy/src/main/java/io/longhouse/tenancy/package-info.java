/**
 * A tenant as an object: what it is made of, where its rows are in each isolation model, and the
 * statements of ClickHouse's that stand behind it. The engine carries the statements out and the
 * cloud can send them to real ClickHouse; neither writes any of it by hand.
 *
 * <p>Invariants: a {@link io.longhouse.tenancy.Tenant} and its {@link
 * io.longhouse.tenancy.TenantSpace} alone determine every role, policy, quota and workload of it,
 * with names ({@link io.longhouse.tenancy.Names}) and ids ({@link
 * io.longhouse.tenancy.GeneratedId}) that can be read back. So nothing of it is kept a second time,
 * and a tenant in shared tables is one row of metadata. What {@link io.longhouse.tenancy.Compiler}
 * prints comes back from ClickHouse 26.7's {@code formatQuery} unchanged.
 */
@NullMarked
package io.longhouse.tenancy;

import org.jspecify.annotations.NullMarked;
