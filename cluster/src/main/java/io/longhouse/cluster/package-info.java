/**
 * Servers together: definitions of clusters, connections to their servers, Distributed tables,
 * Keeper, replication, ON CLUSTER. The engine knows nothing of it; this module is found through the
 * registry where it is on the class path and opens with the engine ({@link
 * io.longhouse.cluster.ClusterExtension}).
 */
@NullMarked
package io.longhouse.cluster;

import org.jspecify.annotations.NullMarked;
