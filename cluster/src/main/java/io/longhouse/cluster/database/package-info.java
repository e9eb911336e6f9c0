/**
 * {@code ENGINE = Replicated(path, shard, replica)}: databases whose definitions are the same on
 * several servers, by a log of statements in Keeper. A server that creates such a database with a
 * path that exists gets all its tables.
 *
 * <p>Layout, which is ClickHouse's:
 *
 * <pre>
 * PATH                        "DatabaseReplicated"
 *   log/query-0000000042      a statement; names without a database mean this one
 *     try                     ephemeral, while the replica that proposes it tries it out
 *     committed               by whom, once it has succeeded there
 *     active, finished, synced
 *   metadata/NAME             definition of a table, as it is in the file of that name
 *   max_log_ptr               number of the last statement that was committed
 *   counter/cnt-              gives out numbers, under counter_lock
 *   logs_to_keep              so many statements are kept
 *   replicas/SHARD|REPLICA    address and UUID of the database there
 *     log_ptr                 number of the last statement that was carried out there
 *     digest                  sum of hashes of names and definitions
 *     active                  ephemeral
 * </pre>
 *
 * <p>Invariants: statements are carried out everywhere in the order of their numbers, each only
 * after it has succeeded on the replica that proposes it; definitions change in one step with the
 * number of the statement that changed them.
 */
@NullMarked
package io.longhouse.cluster.database;

import org.jspecify.annotations.NullMarked;
