package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A word and a value behind a SYSTEM command. */
public sealed interface SystemArgument {
  /** A word alone: {@code STRICT}, {@code LIGHTWEIGHT}. */
  record Word(String word) implements SystemArgument {}

  /** A name, printed as an identifier. */
  record Name(@Nullable String word, String name) implements SystemArgument {}

  /** A value: {@code FROM SHARD 'x'}. */
  record Value(@Nullable String word, Expression value) implements SystemArgument {}

  /** A comma-separated list. */
  record Values(@Nullable String word, List<Expression> values) implements SystemArgument {}

  /** {@code FROM TABLE t}. */
  record Table(String word, Identifier table) implements SystemArgument {}

  /** {@code SETTINGS a = 1}. */
  record Settings(List<Setting> settings) implements SystemArgument {}
}
