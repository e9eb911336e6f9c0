/**
 * Equal, less, greater. Values are compared as what they are: numbers exactly whatever their types,
 * strings by bytes, a constant string as the other side's type. Kernels write 0 or 1 per row
 * without branches.
 */
@NullMarked
package io.longhouse.function.scalar.comparison;

import org.jspecify.annotations.NullMarked;
