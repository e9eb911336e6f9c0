/**
 * What a function is. A {@link io.longhouse.function.FunctionFactory} is registered under its SQL
 * name and resolves argument types to a {@link io.longhouse.function.ScalarFunction} that works on
 * whole columns; an {@link io.longhouse.function.aggregate.AggregateFactory} does the same for
 * aggregate functions. Constants, NULLs and dictionaries are taken care of by {@link
 * io.longhouse.function.Functions} unless a factory says that it handles them itself.
 */
@NullMarked
package io.longhouse.function;

import org.jspecify.annotations.NullMarked;
