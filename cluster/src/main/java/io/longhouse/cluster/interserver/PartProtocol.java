package io.longhouse.cluster.interserver;

import java.util.Set;

/**
 * What goes over the wire for a part, by version {@code v}, the smaller one of what client and
 * server know. Numbers are little endian, {@code u64} unless said otherwise.
 *
 * <pre>
 * request   POST /?endpoint=DataPartsExchange:PATH&amp;part=NAME&amp;client_protocol_version=V&amp;compress=false
 * answer    cookie server_protocol_version=v; none from servers before 20.1, which are version 0
 * body      [v &gt;= 1  bytes of all files in checksums.txt]
 *           [v &gt;= 2  ttl:string, "ttl format version: 1\n" and JSON]
 *           [v &gt;= 3  type:string, Wide or Compact]
 *           [v &gt;= 5  uuid: 36 characters]
 *           [v &gt;= 7  count, then so often: projection:string files]
 *           files
 * files     count, then so often: name:string size bytes hash:u128
 * string    length:varint bytes
 * </pre>
 *
 * The hash is that of {@code checksums.txt}. Version 4 sends {@code default_compression_codec.txt},
 * 8 {@code metadata_version.txt}, 9 {@code columns_substreams.txt}. Version 6 is about shared
 * storage and not used here.
 */
final class PartProtocol {
  static final int SIZE = 1;
  static final int TTL = 2;
  static final int TYPE = 3;
  static final int CODEC_FILE = 4;
  static final int UUID = 5;
  static final int PROJECTIONS = 7;
  static final int METADATA_VERSION_FILE = 8;
  static final int SUBSTREAMS_FILE = 9;

  /** What this server knows. */
  static final int NEWEST = 9;

  static final String COOKIE = "server_protocol_version";
  static final String NO_TTL = "ttl format version: 1\n{}";
  static final String NO_UUID = "00000000-0000-0000-0000-000000000000";

  /** Files of a part that its checksums do not name. */
  static final Set<String> WITHOUT_CHECKSUM =
      Set.of(
          "checksums.txt",
          "columns.txt",
          "columns_substreams.txt",
          "default_compression_codec.txt",
          "metadata_version.txt");

  private PartProtocol() {}

  /** Whether a client of a version takes a file that the checksums do not name. */
  static boolean sends(String file, int version) {
    return switch (file) {
      case "default_compression_codec.txt" -> version >= CODEC_FILE;
      case "metadata_version.txt" -> version >= METADATA_VERSION_FILE;
      case "columns_substreams.txt" -> version >= SUBSTREAMS_FILE;
      default -> true;
    };
  }

  /** The name under which a replica gives its parts. */
  static String endpoint(String replicaPath) {
    return "DataPartsExchange:" + replicaPath;
  }
}
