package io.longhouse.cluster.replication;

import io.longhouse.column.hash.SipHash;
import io.longhouse.sql.ByteText;
import io.longhouse.storage.mergetree.WrittenPart;
import io.longhouse.storage.part.Checksums;
import org.jspecify.annotations.Nullable;

/**
 * What stands in {@code /blocks} for the rows of an INSERT: {@code PARTITION_LOW_HIGH}, the two
 * halves of a SipHash-128 over what the files of columns hold, or over the token that the client
 * gave.
 */
final class BlockIds {
  private BlockIds() {}

  /**
   * @param token null for the rows themselves
   */
  static String of(WrittenPart part, @Nullable String token) {
    var sip = new SipHash();
    if (token != null) {
      byte[] b = ByteText.encode(token);
      sip.update(b, 0, b.length);
    } else {
      part.checksums().files().forEach((name, e) -> update(sip, name, e));
    }
    long[] hash = new long[2];
    sip.get128(hash, 0);
    return part.partitionId()
        + "_"
        + Long.toUnsignedString(hash[0])
        + "_"
        + Long.toUnsignedString(hash[1]);
  }

  private static void update(SipHash sip, String name, Checksums.Entry e) {
    Checksums.Raw raw = e.raw();
    if (!name.endsWith(".bin") || raw == null) {
      return;
    }
    byte[] b = ByteText.encode(name);
    sip.update(b.length);
    sip.update(b, 0, b.length);
    sip.update(raw.size());
    sip.update(raw.hash().low());
    sip.update(raw.hash().high());
  }
}
