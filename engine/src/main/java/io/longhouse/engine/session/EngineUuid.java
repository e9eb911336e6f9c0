package io.longhouse.engine.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The file {@code uuid} of a data directory: a UUID as text, made when it is first wanted. */
final class EngineUuid {
  private EngineUuid() {}

  static UUID of(@Nullable Path root) {
    if (root == null) {
      return UUID.randomUUID();
    }
    Path file = root.resolve("uuid");
    try {
      if (Files.exists(file)) {
        return UUID.fromString(Files.readString(file).strip());
      }
      UUID made = UUID.randomUUID();
      Files.createDirectories(root);
      Files.writeString(file, made.toString());
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
