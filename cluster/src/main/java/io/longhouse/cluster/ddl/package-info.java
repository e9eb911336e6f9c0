/**
 * ON CLUSTER: a statement becomes an entry of a queue in Keeper that every server of the cluster
 * works off in order, each entry once.
 *
 * <p>Layout, which is ClickHouse's, below {@code distributed_ddl.path}:
 *
 * <pre>
 * query-0000000042            {@link io.longhouse.cluster.ddl.DdlEntry}: statement and hosts
 *   active/HOST:PORT          ephemeral, while that server carries it out
 *   finished/HOST:PORT        {@link io.longhouse.cluster.ddl.DdlStatus}: how it went there
 *   shards/HOSTS/executed     by whom, where one replica does it for its shard
 * </pre>
 *
 * and below {@code distributed_ddl.replicas_path} a node {@code HOST:PORT/active} for every server
 * that is there.
 *
 * <p>Invariants: an entry is carried out by a server only while its {@code active} node exists and
 * its {@code finished} node does not; who cleans up removes {@code active} first, so that nobody
 * begins an entry that is being removed. A server that was away catches up when it is back.
 */
@NullMarked
package io.longhouse.cluster.ddl;

import org.jspecify.annotations.NullMarked;
