package io.longhouse.storage.part;

import io.longhouse.column.compress.Codec;
import io.longhouse.column.type.DataType;

/**
 * A column as a part is to be written with it.
 *
 * @param codec for its values; generic parts of it serve for null maps, sizes and indexes
 */
public record PartColumn(String name, DataType type, Codec codec) {}
