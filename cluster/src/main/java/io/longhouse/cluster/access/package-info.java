/**
 * Users, roles, policies, quotas, profiles and tenants in Keeper, where all servers of a cluster
 * find the same.
 *
 * <p>Invariants: reads are of memory, so that who is known may log in while Keeper is away; a
 * change is in Keeper before it is in memory, and fails while Keeper is away; what another server
 * changed is heard of by watches.
 */
@NullMarked
package io.longhouse.cluster.access;

import org.jspecify.annotations.NullMarked;
