/** UUIDs as bytes and text. */
@NullMarked
package io.longhouse.function.scalar.uuid;

import org.jspecify.annotations.NullMarked;
