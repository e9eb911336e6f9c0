package io.longhouse.sql.ast;

/** Names partitions. */
public sealed interface Partition {
  /** {@code ALL}. */
  record All() implements Partition {}

  /** {@code ID 'id'}. */
  record Id(Expression id) implements Partition {}

  /** A value of the partition key. */
  record Value(Expression value) implements Partition {}
}
