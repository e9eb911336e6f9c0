package io.longhouse.wire;

/** The version of ClickHouse that Longhouse speaks and says it is, because clients look at it. */
public final class Version {
  public static final String NAME = "ClickHouse";
  public static final int MAJOR = 26;
  public static final int MINOR = 7;
  public static final int PATCH = 2;

  /** As in {@code version()} and at the end of error messages. */
  public static final String TEXT = MAJOR + "." + MINOR + "." + PATCH + ".1";

  private Version() {}
}
