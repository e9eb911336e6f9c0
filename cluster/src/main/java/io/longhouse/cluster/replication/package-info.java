/**
 * Replicated MergeTree tables over ClickHouse's own layout in Keeper, so that its servers can be
 * replicas of the same tables.
 *
 * <pre>
 * TABLE/metadata, columns       what all replicas shall be; the version counts ALTERs
 * TABLE/log/log-N               what is to be done, by everybody, in this order
 * TABLE/blocks/ID               rows that were inserted lately; holds the name of their part
 * TABLE/block_numbers/P/block-N numbers that are being used; N grows within partition P
 * TABLE/temp                    what those nodes name: abandonable_lock-...
 * TABLE/mutations/N             mutations, with a block number for each partition
 * TABLE/quorum                  status, parallel/PART, last_part, failed_parts: inserts with quorum
 * TABLE/alter_partition_version its version changes with each DROP PARTITION
 * TABLE/leader_election         who may assign merges; since 20.6 everybody
 * TABLE/replicas/R/host         where R is; is_active while it lives
 *                 /log_pointer  the first entry of the log that R has not taken
 *                 /queue/queue-N   entries that R has taken and not done
 *                 /parts/NAME   parts that R has, with hashes of columns and files
 *                 /columns, metadata, metadata_version   how far R is with ALTERs
 *                 /mutation_pointer   the last mutation that is done on R
 *                 /is_lost      1: R has to take over what another replica has
 *                 /min_unprocessed_insert_time, max_processed_insert_time   how far behind R is
 *                 /flags        force_restore_data: what is on disk need not be checked
 * TABLE/dropped                 the rest of the table is being removed
 * </pre>
 *
 * <p>The log is the truth. A replica copies its entries to its queue ({@link
 * io.longhouse.cluster.replication.LogPuller}) and executes them in any order that leads to the
 * same parts ({@link io.longhouse.cluster.replication.ReplicationQueue}). What is decided locally
 * is only what nobody else can see.
 *
 * <p>Invariants: a part is visible here only when Keeper says that the replica has it; a part that
 * Keeper says the replica has is on its disk, or will be fetched; no merge spans a block number
 * that may still come; a change whose answer was lost is looked up, never guessed.
 */
@NullMarked
package io.longhouse.cluster.replication;

import org.jspecify.annotations.NullMarked;
