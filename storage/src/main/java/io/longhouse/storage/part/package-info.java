/**
 * Parts: immutable sorted folders of column files, byte for byte as ClickHouse writes them.
 *
 * <pre>
 * folder  = partition "_" minBlock "_" maxBlock "_" level ["_" mutation]
 * Wide    : (stream.bin stream.{cmrk2|mrk2|cmrk|mrk})*
 * Compact : data.bin data.{cmrk4|mrk4|cmrk3|mrk3}
 * both    : checksums.txt columns.txt count.txt [primary.{cidx|idx}] [partition.dat minmax_*.idx]
 *           [serialization.json columns_substreams.txt default_compression_codec.txt
 *           metadata_version.txt]
 * mark    = offset of a frame:u64  offset in its block:u64 ... rows:u64
 * </pre>
 *
 * <p>Invariants: a part that has its name is whole and on disk; nothing in it ever changes; how
 * many rows a granule has is what the marks say and nothing else; every block's checksum is
 * verified when it is read.
 */
@NullMarked
package io.longhouse.storage.part;

import org.jspecify.annotations.NullMarked;
