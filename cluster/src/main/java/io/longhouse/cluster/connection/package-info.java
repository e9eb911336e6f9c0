/**
 * Connections to the servers of a cluster: a pool for each server ({@link
 * io.longhouse.cluster.connection.Connections}), which replica of a shard is asked and in what
 * order, what happens when one does not answer, and one query on one shard ({@link
 * io.longhouse.cluster.connection.RemoteQuery}).
 *
 * <p>Invariants: every wait has a deadline; whoever leases a connection closes the lease; a
 * connection on which an answer was not read to its end is never used again. Callers block: they
 * are virtual threads, never the workers of queries.
 */
@NullMarked
package io.longhouse.cluster.connection;

import org.jspecify.annotations.NullMarked;
