package io.longhouse.tenancy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The id of a generated entity of access control. It says of whom the entity is, so that one is
 * found by its id without any list.
 *
 * <p>Layout of the UUID (version 8, RFC 9562), from the highest bit:
 *
 * <pre>
 * 32 bits  'LHTN'
 * 16 bits  number of the table within the space, 0 where there is none
 *  4 bits  version, 8
 * 12 bits  kind
 *  2 bits  variant, binary 10
 * 62 bits  serial number of the space or the tenant
 * </pre>
 *
 * @param serial of the space for its role and policies, of the tenant for the others
 * @param table {@link TenantSpace.Table#number()} of a policy's table
 */
public record GeneratedId(Kind kind, long serial, int table) {
  private static final long TAG = 0x4C48544EL;
  private static final long SERIAL_MASK = (1L << 62) - 1;
  private static final int TABLE_MAX = 0xFFFF;

  /** What it is the id of. The order is that of the numbers in kept ids. */
  public enum Kind {
    SPACE_ROLE,
    /** The policy that opens a shared table to members. */
    OPENING_POLICY,
    /** The policy that leaves a member the rows of its own tenant. */
    TENANT_POLICY,
    TENANT_ROLE,
    TENANT_QUOTA
  }

  public GeneratedId {
    if (serial <= 0 || serial > SERIAL_MASK || table < 0 || table > TABLE_MAX) {
      throw new IllegalArgumentException("serial " + serial + ", table " + table);
    }
  }

  public static GeneratedId of(Kind kind, long serial) {
    return new GeneratedId(kind, serial, 0);
  }

  public UUID uuid() {
    return new UUID(TAG << 32 | (long) table << 16 | 0x8000 | kind.ordinal(), 1L << 63 | serial);
  }

  /** What a UUID stands for; null when it was not made here. */
  public static @Nullable GeneratedId of(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    int kind = (int) (high & 0xFFF);
    boolean ours =
        high >>> 32 == TAG
            && (high >>> 12 & 0xF) == 8
            && low >>> 62 == 2
            && kind < Kind.values().length
            && (low & SERIAL_MASK) != 0;
    return ours
        ? new GeneratedId(Kind.values()[kind], low & SERIAL_MASK, (int) (high >>> 16 & TABLE_MAX))
        : null;
  }
}
