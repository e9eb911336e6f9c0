/**
 * AND, OR, XOR, NOT with the three values of SQL: an answer that NULL cannot change is given, any
 * other is NULL. Later operands are evaluated only on rows that are still open.
 */
@NullMarked
package io.longhouse.function.scalar.logic;

import org.jspecify.annotations.NullMarked;
