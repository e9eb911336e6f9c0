/**
 * The native protocol's client side: a {@link io.longhouse.client.connection.NativeClient} is one
 * connection to a server, Longhouse or ClickHouse from 18.16 on; a query's answer is read packet by
 * packet as {@link io.longhouse.client.connection.Answer}s.
 */
@NullMarked
package io.longhouse.client.connection;

import org.jspecify.annotations.NullMarked;
