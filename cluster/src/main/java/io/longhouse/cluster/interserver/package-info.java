/**
 * Servers that give each other parts: the HTTP interface between replicas, which ClickHouse calls
 * interserver. {@link io.longhouse.cluster.interserver.Interserver} answers requests that a
 * listener took (it knows nothing of sockets); {@link
 * io.longhouse.cluster.interserver.PartExchange} asks others.
 *
 * <p>A peer is never believed: names, sizes, counts and hashes are checked before and after they
 * reach the disk, and a peer that says nothing or next to nothing is given up.
 */
@NullMarked
package io.longhouse.cluster.interserver;

import org.jspecify.annotations.NullMarked;
