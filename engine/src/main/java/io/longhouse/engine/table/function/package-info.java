/** Table functions: one file each. */
@NullMarked
package io.longhouse.engine.table.function;

import org.jspecify.annotations.NullMarked;
