/**
 * Columns, blocks and data types. A logical type ({@link io.longhouse.column.type.DataType}) maps
 * to one of a small sealed set of physical layouts ({@link io.longhouse.column.Column}); kernels
 * switch on the layout and never on the type. Columns are immutable once built: arrays handed out
 * by accessors are shared and must not be written. Rows are addressed by {@code int}.
 */
@NullMarked
package io.longhouse.column;

import org.jspecify.annotations.NullMarked;
