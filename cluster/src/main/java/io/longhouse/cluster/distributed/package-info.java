/**
 * Tables spread over the shards of a cluster: {@code Distributed}, {@code remote}, {@code cluster}.
 *
 * <p>Reading one is reading the table of each shard, one after another. Shards of which this server
 * itself is a replica are read in this process, as ClickHouse does by default; other servers are
 * not connected to.
 */
@NullMarked
package io.longhouse.cluster.distributed;

import org.jspecify.annotations.NullMarked;
