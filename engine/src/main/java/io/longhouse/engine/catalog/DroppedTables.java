package io.longhouse.engine.catalog;

import io.longhouse.column.serial.FileNames;
import io.longhouse.engine.statement.TableDefinitions;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.parser.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tables of Atomic databases that were dropped a short while ago: their data stay until then, so
 * that {@code UNDROP TABLE} can bring them back. What is dropped is what has a file here:
 *
 * <pre>
 * metadata_dropped/DATABASE.TABLE.UUID.sql    the definition, last changed when it was dropped
 * </pre>
 *
 * Safe for many threads.
 */
public final class DroppedTables implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DroppedTables.class.getName());
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(5);

  private final Path root;
  private final Path folder;
  private final Duration delay;
  private final Consumer<Dropped> beforeRemoval;
  private final Thread remover;

  /**
   * A dropped table.
   *
   * @param removal when its data go
   */
  public record Dropped(TableId id, Path file, Instant removal) {}

  /**
   * @param root the data directory
   * @param delay how long tables can be brought back
   * @param beforeRemoval does what has to be done elsewhere before a table's data go; when it fails
   *     the removal is tried again later
   */
  public DroppedTables(Path root, Duration delay, Consumer<Dropped> beforeRemoval) {
    this.root = root;
    this.beforeRemoval = beforeRemoval;
    this.folder = root.resolve("metadata_dropped");
    this.delay = delay;
    this.remover = Thread.ofVirtual().name("dropped-tables").unstarted(this::removeNowAndThen);
    remover.start();
  }

  /** Where the definition of a table that is being dropped goes. */
  Path file(TableId id) {
    return folder.resolve(
        FileNames.escape(id.database())
            + "."
            + FileNames.escape(id.name())
            + "."
            + id.uuid()
            + ".sql");
  }

  /** All of them, those that were dropped last at the end. */
  public synchronized List<Dropped> all() {
    List<Dropped> all = new ArrayList<>();
    for (Path file : MetadataFiles.list(folder, ".sql")) {
      Dropped d = read(file);
      if (d != null) {
        all.add(d);
      }
    }
    all.sort(Comparator.comparing(Dropped::removal));
    return all;
  }

  private @Nullable Dropped read(Path file) {
    String[] words = file.getFileName().toString().split("\\.");
    try {
      if (words.length != 4) {
        return null;
      }
      var id =
          new TableId(
              FileNames.unescape(words[0]),
              FileNames.unescape(words[1]),
              UUID.fromString(words[2]));
      return new Dropped(id, file, Files.getLastModifiedTime(file).toInstant().plus(delay));
    } catch (IllegalArgumentException e) {
      return null; // not a file of ours
    } catch (NoSuchFileException e) {
      return null; // brought back or removed meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The engine that a dropped table's definition names. */
  public static String engine(Dropped d) {
    try {
      return Parser.parseStatement(MetadataFiles.read(d.file)).statement()
              instanceof CreateStatement s
          ? TableDefinitions.engine(s)
          : "";
    } catch (LonghouseException e) {
      return ""; // brought back or removed meanwhile
    }
  }

  /**
   * The table of that name that was dropped last.
   *
   * @param uuid its UUID, null for any
   */
  public @Nullable Dropped find(String database, String table, @Nullable UUID uuid) {
    Dropped last = null;
    for (Dropped d : all()) {
      boolean same = d.id.database().equals(database) && d.id.name().equals(table);
      if (same && (uuid == null || d.id.uuid().equals(uuid))) {
        last = d;
      }
    }
    return last;
  }

  /** Takes a table's definition back, unless the data are gone already. */
  synchronized boolean restore(Dropped d, Path definition) {
    if (!Files.exists(d.file)) {
      return false;
    }
    MetadataFiles.move(d.file, definition);
    return true;
  }

  private void removeNowAndThen() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(LOOKS_EVERY);
        all().stream().filter(d -> d.removal.isBefore(Instant.now())).forEach(this::tryToRemove);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "Cannot look for dropped tables: {0}", e);
      }
    }
  }

  /** One that cannot be removed holds up no other. */
  private void tryToRemove(Dropped d) {
    try {
      remove(d);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR, "Cannot remove the data of dropped table {0}: {1}", d.id, e);
    }
  }

  /** The data first: as long as the definition is there, removal goes on after a crash. */
  private synchronized void remove(Dropped d) {
    if (Files.exists(d.file)) {
      beforeRemoval.accept(d);
      MetadataFiles.deleteTree(AtomicDatabase.store(root, d.id.uuid()));
      MetadataFiles.delete(d.file);
    }
  }

  @Override
  public void close() {
    remover.interrupt();
  }
}
