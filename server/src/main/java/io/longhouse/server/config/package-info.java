/**
 * The server's configuration: ClickHouse's keys from XML or YAML files, {@code config.d} folders
 * and the command line, read into one tree and from there into typed values. Every problem that is
 * found is reported, not only the first.
 */
@NullMarked
package io.longhouse.server.config;

import org.jspecify.annotations.NullMarked;
