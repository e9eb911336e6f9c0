/** Tables whose rows live in memory. */
@NullMarked
package io.longhouse.engine.table.memory;

import org.jspecify.annotations.NullMarked;
