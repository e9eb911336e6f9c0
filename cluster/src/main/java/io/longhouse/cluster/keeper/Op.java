package io.longhouse.cluster.keeper;

import java.nio.charset.StandardCharsets;

/** One of the changes that are made together or not at all. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Op {
  /** Any version. */
  int ANY = -1;

  String path();

  record Create(String path, byte[] data, CreateMode mode) implements Op {}

  /**
   * @param version {@link #ANY} for whichever it is
   */
  record Set(String path, byte[] data, int version) implements Op {}

  /**
   * @param version {@link #ANY} for whichever it is
   */
  record Remove(String path, int version) implements Op {}

  /** Nothing is changed, but all fails unless the node is there in that version. */
  record Check(String path, int version) implements Op {}

  static Op create(String path, String data, CreateMode mode) {
    return new Create(path, data.getBytes(StandardCharsets.UTF_8), mode);
  }

  static Op create(String path, String data) {
    return create(path, data, CreateMode.PERSISTENT);
  }

  static Op set(String path, String data, int version) {
    return new Set(path, data.getBytes(StandardCharsets.UTF_8), version);
  }

  static Op remove(String path, int version) {
    return new Remove(path, version);
  }

  static Op remove(String path) {
    return new Remove(path, ANY);
  }

  static Op check(String path, int version) {
    return new Check(path, version);
  }
}
