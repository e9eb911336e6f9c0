/** Bytes as text and back: hexadecimal, binary, base 64 and its relatives, references of XML. */
@NullMarked
package io.longhouse.function.scalar.encoding;

import org.jspecify.annotations.NullMarked;
