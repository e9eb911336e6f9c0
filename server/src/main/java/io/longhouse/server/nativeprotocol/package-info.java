/**
 * ClickHouse's native protocol, the server's side: {@link
 * io.longhouse.server.nativeprotocol.Handshake}, then packets one after another in {@link
 * io.longhouse.server.nativeprotocol.NativeConnection}, each query in a {@link
 * io.longhouse.server.nativeprotocol.QueryExchange}.
 *
 * <p>One thread per connection reads and writes; while a query runs it looks between blocks whether
 * the client has something to say or is gone. An error of a query leaves the connection usable; an
 * error of the protocol is sent and ends it.
 */
@NullMarked
package io.longhouse.server.nativeprotocol;

import org.jspecify.annotations.NullMarked;
