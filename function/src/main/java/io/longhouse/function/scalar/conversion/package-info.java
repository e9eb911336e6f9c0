/**
 * From one type to another. {@link io.longhouse.function.scalar.conversion.Casts} finds the {@link
 * io.longhouse.function.scalar.conversion.Cast} for a pair of types, from outside to inside:
 * dictionaries, NULLs, nested types, text, moments, numbers. CAST and every {@code toX} function
 * are casts; the forms OrZero, OrNull and OrDefault are casts that note failures per row.
 */
@NullMarked
package io.longhouse.function.scalar.conversion;

import org.jspecify.annotations.NullMarked;
