/**
 * Text and binary formats: from blocks to bytes ({@link io.longhouse.format.OutputFormat}) and from
 * bytes to blocks ({@link io.longhouse.format.InputFormat}). A family of formats that differ in
 * details shares a file; each name is registered with its factory. How a single value looks is the
 * data type's matter; here is what stands around the values.
 *
 * <p>A format object serves one query or one insert and one thread; bytes are the same whatever the
 * cut into blocks, except for Native and the Pretty formats, which show blocks.
 */
@NullMarked
package io.longhouse.format;

import org.jspecify.annotations.NullMarked;
