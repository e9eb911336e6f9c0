/**
 * Data types: names, physical layout, order, and the text and binary form of single values. Adding
 * a type is adding one file here: the type and, inside it, its registered {@link
 * io.longhouse.column.type.TypeFactory}.
 */
@NullMarked
package io.longhouse.column.type;

import org.jspecify.annotations.NullMarked;
