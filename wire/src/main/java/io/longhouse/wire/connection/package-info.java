/**
 * The native protocol's client side: a {@link io.longhouse.wire.connection.NativeClient} is one
 * connection to a server, Longhouse or ClickHouse from 18.16 on; a query's answer is read packet by
 * packet as {@link io.longhouse.wire.connection.Answer}s.
 */
@NullMarked
package io.longhouse.wire.connection;

import org.jspecify.annotations.NullMarked;
