/**
 * Scalar functions, one package per family. Here is what the families share: how arguments are
 * checked and how a resolved function is put together from a result type and a kernel.
 */
@NullMarked
package io.longhouse.function.scalar;

import org.jspecify.annotations.NullMarked;
