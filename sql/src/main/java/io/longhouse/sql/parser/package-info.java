/**
 * Text to syntax tree.
 *
 * <p>{@link Parser} is the way in. {@link Lexer} makes tokens on demand, {@link Cursor} walks them
 * and knows what was expected where. Every construct has one class with static methods that take
 * the cursor. {@link Statements} finds the parser of a statement by its leading words: a new
 * statement is a line there, a record, a parser file and a printer.
 *
 * <p>The parser predicts; where the grammar is ambiguous it tries and goes back. It keeps no list
 * of expectations while all goes well: after a failure it parses once more and collects them.
 */
@NullMarked
package io.longhouse.sql.parser;

import org.jspecify.annotations.NullMarked;
