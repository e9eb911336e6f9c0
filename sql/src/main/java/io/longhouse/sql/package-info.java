/**
 * Text to syntax tree and back. Depends on nothing.
 *
 * <p>{@link io.longhouse.sql.ByteText} turns bytes into a string without loss, {@code
 * parser.Parser} turns that into a statement, {@code format.Formatter} turns it back. All that can
 * go wrong is a {@link io.longhouse.sql.LonghouseException}.
 */
@NullMarked
package io.longhouse.sql;

import org.jspecify.annotations.NullMarked;
