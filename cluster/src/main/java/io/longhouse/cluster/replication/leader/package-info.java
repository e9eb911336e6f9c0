/**
 * Which replicas of a table decide about merges, and what the oldest of them can read.
 *
 * <p>How old a replica is nobody says in Keeper; it shows:
 *
 * <ul>
 *   <li>servers since 20.3 make {@code /replicas/R/metadata_version}; whoever lacks it is older;
 *   <li>servers before 20.6 hold an ephemeral node {@code leader_election/leader_election-NUMBER}
 *       whose data is the replica's name; the one with the lowest number leads, alone, and others
 *       send it their ALTER ... PARTITION, TRUNCATE and OPTIMIZE over the native protocol;
 *   <li>servers from 20.6 to 21.11 put {@code " (multiple leaders Ok)"} behind the name: when such
 *       a node is the first, all replicas lead;
 *   <li>servers since 21.12 make {@code leader_election/leader_election-0}, which stays and sorts
 *       before all others: all replicas lead, and older servers never do.
 * </ul>
 *
 * <p>Where an old replica is registered, alive or not, this server holds a node as servers before
 * 20.6 do, with its bare name: old replicas find their leader by it. It never makes {@code
 * leader_election-0} there, which would leave the old replicas without a leader should this server
 * go.
 */
@NullMarked
package io.longhouse.cluster.replication.leader;

import org.jspecify.annotations.NullMarked;
