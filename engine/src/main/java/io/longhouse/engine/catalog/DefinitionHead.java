package io.longhouse.engine.catalog;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a start needs to know of the definition of a table that can wait to be opened: a MergeTree,
 * to which nothing happens by itself and on which nothing depends. Views feed on the inserts of
 * others, replicas follow each other, and other engines have threads or rows in memory: they are
 * opened at once.
 */
record DefinitionHead(String name, UUID uuid, String engine) {
  private static final Pattern UUID_GIVEN =
      Pattern.compile("ATTACH TABLE _ UUID '([0-9a-fA-F-]{36})'");
  private static final Pattern ENGINE =
      Pattern.compile("^ENGINE = ((?!Replicated)\\w*MergeTree)\\b", Pattern.MULTILINE);

  /** The head of a definition; null when the table is to be opened at once. */
  static @Nullable DefinitionHead of(String name, String text) {
    Matcher uuid = UUID_GIVEN.matcher(text);
    Matcher engine = ENGINE.matcher(text);
    return uuid.lookingAt() && engine.find()
        ? new DefinitionHead(name, UUID.fromString(uuid.group(1)), engine.group(1).intern())
        : null;
  }
}
