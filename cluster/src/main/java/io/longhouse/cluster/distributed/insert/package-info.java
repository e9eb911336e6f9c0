/**
 * INSERT into a Distributed table: {@link io.longhouse.cluster.distributed.insert.ShardSlots} says
 * which shard a row belongs to, a {@link io.longhouse.cluster.distributed.insert.ShardTarget} takes
 * it there: into this server's own table, over a connection while the client waits, or into a queue
 * on disk that is sent in the background.
 *
 * <p>The queue, below the table's data path, is ClickHouse's:
 *
 * <pre>
 * shard1_all_replicas/   shards with internal_replication: any replica will do
 * shard2_replica1/       one folder for each replica where the replicas do not copy from each other
 *   1.bin 2.bin ...      one block each, sent in this order
 *   current_batch.txt    the numbers of the files that are being sent as one INSERT
 *   broken/              files that cannot be read
 *   tmp/                 files that are being written
 * </pre>
 *
 * An INSERT is acknowledged when its files and the folders' entries survive a loss of power. A file
 * is removed when the shard has acknowledged it; if that answer is lost, the same block is sent
 * again, which a replicated table recognises.
 */
@NullMarked
package io.longhouse.cluster.distributed.insert;

import org.jspecify.annotations.NullMarked;
