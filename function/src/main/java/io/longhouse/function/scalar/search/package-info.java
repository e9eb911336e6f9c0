/**
 * Searching in strings: substrings, LIKE and regular expressions. A constant substring is looked
 * for in a whole column's bytes at once, and hits are then mapped to rows, so that the cost is that
 * of reading the bytes ({@link io.longhouse.function.scalar.search.ByteSearch}).
 */
@NullMarked
package io.longhouse.function.scalar.search;

import org.jspecify.annotations.NullMarked;
