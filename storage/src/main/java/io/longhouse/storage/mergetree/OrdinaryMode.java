package io.longhouse.storage.mergetree;

/** {@code MergeTree}: all rows stay. */
record OrdinaryMode() implements MergeMode {
  @Override
  public String engine() {
    return "MergeTree";
  }

  @Override
  public boolean combines() {
    return false;
  }
}
