/** Which servers there are: clusters, their shards and replicas, and how each is reached. */
@NullMarked
package io.longhouse.cluster.config;

import org.jspecify.annotations.NullMarked;
