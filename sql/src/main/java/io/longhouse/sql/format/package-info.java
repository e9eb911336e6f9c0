/**
 * Syntax tree to text, as ClickHouse's formatQuery writes it.
 *
 * <p>{@link Formatter} is the way in, {@link ColumnNames} names result columns. Each family of
 * nodes has a printer with static methods over {@link Out}, which knows the lines and the
 * indentation.
 */
@NullMarked
package io.longhouse.sql.format;

import org.jspecify.annotations.NullMarked;
