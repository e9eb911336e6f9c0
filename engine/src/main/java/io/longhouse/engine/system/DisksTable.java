package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code system.disks}: the one disk, where the data directory is. */
@Register(kind = SystemTable.class, name = "disks", doc = "Where data lie.")
final class DisksTable extends SystemTable<DisksTable.Row> {
  record Row(String path, long free, long total) {}

  DisksTable() {
    super(
        "disks",
        new SystemColumns<Row>()
            .text("name", _ -> "default")
            .text("path", Row::path)
            .number("free_space", Row::free)
            .number("total_space", Row::total)
            .number("unreserved_space", Row::free)
            .empty("keep_free_space", "UInt64")
            .text("type", _ -> "Local")
            .text("object_storage_type", _ -> "None")
            .text("metadata_type", _ -> "None")
            .empty("is_encrypted", "UInt8")
            .empty("is_read_only", "UInt8")
            .empty("is_write_once", "UInt8")
            .empty("is_remote", "UInt8")
            .empty("is_broken", "UInt8")
            .empty("cache_path", "String"));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    Path root = context.require(LocalEngine.class).config().path();
    if (root == null) {
      return List.of();
    }
    try {
      FileStore store = Files.getFileStore(root);
      return List.of(
          new Row(DatabasesTable.root(context), store.getUsableSpace(), store.getTotalSpace()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
