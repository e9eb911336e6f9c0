/** The interactive shell, batch client and {@code local}. */
@NullMarked
package io.longhouse.client;

import org.jspecify.annotations.NullMarked;
