/**
 * Functions that choose among values: if, multiIf, CASE, least and greatest, transform. Branches
 * that could throw are evaluated only on the rows that take them.
 */
@NullMarked
package io.longhouse.function.scalar.conditional;

import org.jspecify.annotations.NullMarked;
