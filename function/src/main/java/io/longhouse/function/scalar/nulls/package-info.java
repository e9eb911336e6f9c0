/** Functions about NULL: asking for it, replacing it, making it. */
@NullMarked
package io.longhouse.function.scalar.nulls;

import org.jspecify.annotations.NullMarked;
