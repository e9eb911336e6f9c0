/**
 * ClickHouse's HTTP interface over HTTP/1.1 of our own, on plain blocking sockets.
 *
 * <p>A request's way: {@link io.longhouse.server.http.HttpConnection} reads the head and hands the
 * body on as a stream; {@link io.longhouse.server.http.QueryHandler} finds user, session, settings
 * and statement; {@link io.longhouse.server.http.ResultSink} writes blocks in the query's format
 * through buffers and compression into an {@link io.longhouse.server.http.HttpResponse}.
 *
 * <p>Nothing that a client announces is allocated before its bytes arrive. A status is sent only
 * when the first bytes of a body are, so that an error before that has a status of its own; an
 * error after it ends the body with ClickHouse's exception block and closes the connection.
 */
@NullMarked
package io.longhouse.server.http;

import org.jspecify.annotations.NullMarked;
