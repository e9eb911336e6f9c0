/**
 * Functions over arrays. Most of them decide which elements stand where and then gather the
 * elements' column once, whatever its layout ({@link io.longhouse.function.scalar.array.Picker});
 * those that look for equal elements number them first ({@link
 * io.longhouse.function.scalar.array.ValueIds}).
 */
@NullMarked
package io.longhouse.function.scalar.array;

import org.jspecify.annotations.NullMarked;
