/**
 * How kernels see numbers. Operands are widened chunk by chunk into primitive scratch arrays that
 * fit the first cache ({@link io.longhouse.function.number.LongOperand}, {@link
 * io.longhouse.function.number.DoubleOperand}, {@link io.longhouse.function.number.WideOperand}), a
 * kernel runs over them, and a sink narrows into the result's layout. So a kernel is written once
 * and not once for each pair of layouts; nothing is dispatched per row.
 */
@NullMarked
package io.longhouse.function.number;

import org.jspecify.annotations.NullMarked;
