/**
 * The proof that a cluster keeps what it acknowledged and says nothing wrong, whatever fails.
 *
 * <p>Every server and Keeper is a process of its own, which the test kills and pauses. Each names
 * the others by host names that it resolves to proxies of its own ({@link
 * io.longhouse.compat.faults.Network}), so that every direction between two processes can be cut,
 * silenced or slowed down without any privilege. Writers and readers run while a {@link
 * io.longhouse.compat.faults.Schedule}, drawn from a seed, breaks things; the {@link
 * io.longhouse.compat.faults.Ledger} outside of the cluster knows every row that was ever sent and
 * every one that was acknowledged. When all is mended the cluster has to heal by itself, and then
 * holds exactly what the ledger allows.
 */
@NullMarked
package io.longhouse.compat.faults;

import org.jspecify.annotations.NullMarked;
