/**
 * Typed expressions over the columns of a block, and their evaluation. {@link
 * io.longhouse.function.expr.Expr} is a tree whose equal parts are computed once by {@link
 * io.longhouse.function.expr.Program}.
 */
@NullMarked
package io.longhouse.function.expr;

import org.jspecify.annotations.NullMarked;
