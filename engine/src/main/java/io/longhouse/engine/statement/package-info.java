/**
 * What each kind of statement does. Adding a statement is adding a {@link
 * io.longhouse.engine.statement.StatementRunner} registered under the simple name of its syntax
 * record.
 */
@NullMarked
package io.longhouse.engine.statement;

import org.jspecify.annotations.NullMarked;
