/**
 * The texts that replicated tables keep in Keeper, byte for byte as ClickHouse writes them: what
 * servers from 18.16 to today's find there, they find written by us as well. Records with {@code
 * parse} and {@code toBytes}; nothing here talks to Keeper.
 *
 * <p>Times are in the server's time zone, without naming it, as in ClickHouse: replicas must agree
 * on their zone or see each other's times shifted. Nothing is decided by them but what people are
 * shown.
 */
@NullMarked
package io.longhouse.cluster.replication.node;

import org.jspecify.annotations.NullMarked;
