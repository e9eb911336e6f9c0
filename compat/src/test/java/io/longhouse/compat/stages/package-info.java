/**
 * Servers of ClickHouse that read and write tables of ours as shards of theirs: 26.7 in process and
 * 18.16, each with a share of the query that it merges itself.
 */
@NullMarked
package io.longhouse.compat.stages;

import org.jspecify.annotations.NullMarked;
