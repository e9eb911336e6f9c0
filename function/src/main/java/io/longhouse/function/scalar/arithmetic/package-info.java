/**
 * Addition to greatest common divisor. {@link
 * io.longhouse.function.scalar.arithmetic.ArithmeticFactory} chooses by the operands' shapes among
 * longs, doubles, multi-word numbers and decimals; dates, tuples and arrays are brought back to
 * those. Whole numbers wrap around, decimals throw DECIMAL_OVERFLOW (407).
 */
@NullMarked
package io.longhouse.function.scalar.arithmetic;

import org.jspecify.annotations.NullMarked;
