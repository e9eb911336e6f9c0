/** Encryption of strings, and message authentication codes. */
@NullMarked
package io.longhouse.function.scalar.encryption;

import org.jspecify.annotations.NullMarked;
