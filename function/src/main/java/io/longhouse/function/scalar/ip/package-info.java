/** IP and MAC addresses as numbers, bytes and text. */
@NullMarked
package io.longhouse.function.scalar.ip;

import org.jspecify.annotations.NullMarked;
