/**
 * Keeper: what servers agree on, in ZooKeeper's protocol, whoever serves it.
 *
 * <p>{@link io.longhouse.cluster.keeper.Keeper} is the service; it has one {@link
 * io.longhouse.cluster.keeper.KeeperSession} at a time and opens the next when that one ends. All
 * calls are synchronous, have a deadline and fail with a typed {@link
 * io.longhouse.cluster.keeper.KeeperError}. {@link io.longhouse.cluster.keeper.EmbeddedKeeper} is a
 * server in this process.
 *
 * <p>Invariants: no class of ZooKeeper's is loaded and no thread is started where nothing is
 * configured; watches are told at most once, never on ZooKeeper's own threads; a session that was
 * out of touch for longer than its timeout counts as ended here, because the servers have ended it.
 */
@NullMarked
package io.longhouse.cluster.keeper;

import org.jspecify.annotations.NullMarked;
