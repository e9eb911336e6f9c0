/**
 * {@code longhouse client} and {@code longhouse local}: one program over a {@link
 * io.longhouse.client.Backend}, which is a server at the end of a connection or an engine in this
 * process. {@link io.longhouse.client.Script} runs statements one after another and prints; {@link
 * io.longhouse.client.Shell} is the interactive mode.
 */
@NullMarked
package io.longhouse.client;

import org.jspecify.annotations.NullMarked;
