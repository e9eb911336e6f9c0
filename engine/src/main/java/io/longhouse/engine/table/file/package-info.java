/**
 * Files as tables: the function {@code file} and {@code ENGINE = File}. A server reads and writes
 * below its directory for users' files only; a process that runs no server, anywhere.
 */
@NullMarked
package io.longhouse.engine.table.file;

import org.jspecify.annotations.NullMarked;
