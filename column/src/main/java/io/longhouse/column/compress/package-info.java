/**
 * Compressed frames, as they lie in a part's files and travel in the native protocol and over HTTP,
 * and the codecs inside them.
 *
 * <pre>
 * frame    = checksum:u128  header  payload
 * checksum = CityHash128 (version 1.0.2) of header and payload
 * header   = method:u8  size:u32 (header and payload)  rawSize:u32
 * MULTIPLE = count:u8  method:u8 * count  header  payload       (of the last codec of the chain)
 * </pre>
 *
 * <p>A codec is one file here: a {@link io.longhouse.column.compress.CodecFactory} registered under
 * its SQL name makes the writing side, a {@link io.longhouse.column.compress.BlockDecoder}
 * registered under its method byte in hexadecimal is the reading side. All numbers are
 * little-endian. The checksum is verified before a byte of the payload is believed.
 */
@NullMarked
package io.longhouse.column.compress;

import org.jspecify.annotations.NullMarked;
