package io.longhouse.wire;

/** How large the parts of a packet may be. Memory is taken as bytes arrive, never before. */
public final class Limits {
  /** Names, versions, passwords and the like. */
  public static final int NAME_BYTES = 1 << 16;

  /** Queries, messages, values of settings. */
  public static final int TEXT_BYTES = 1 << 30;

  public static final int COLUMNS = 100_000;

  /** Settings, parameters, tables in a request: things that are counted in a packet. */
  public static final int ITEMS = 10_000;

  private Limits() {}
}
