package io.longhouse.engine.catalog;

import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.TableDefinitions;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code ENGINE = Atomic}, as ClickHouse keeps it below the data directory:
 *
 * <pre>
 * metadata/db.sql            ATTACH DATABASE _ UUID '...' ENGINE = Atomic
 * metadata/db                a link to the folder of definitions
 * store/abc/abc.../t.sql     ATTACH TABLE _ UUID '...' ...      (abc... is the database's UUID)
 * store/abc/abc.../t.sql.detached   the table is not to be loaded
 * store/def/def.../          the data of the table with that UUID
 * data/db/t                  a link to them
 * </pre>
 *
 * A table's definition names its UUID, so renaming and exchanging tables moves definitions only.
 * The renames of an exchange leave {@code a.sql.exchange.uuid.b} in between, with the UUID of b's
 * database, from which loading goes on.
 */
public final class AtomicDatabase extends MemoryDatabase {
  private static final System.Logger LOG = System.getLogger(AtomicDatabase.class.getName());
  private static final String EXCHANGE = ".sql.exchange.";
  private static final int UUID_LENGTH = 36;

  private final Path root;
  private final Path definitions;
  private volatile @Nullable Work internal;

  private final @Nullable FunctionCall engineCall;

  public AtomicDatabase(String name, UUID uuid, String comment, Path root) {
    this(name, uuid, comment, root, null);
  }

  /**
   * @param engineCall the engine that it has beside keeping its tables; null for none
   */
  public AtomicDatabase(
      String name, UUID uuid, String comment, Path root, @Nullable FunctionCall engineCall) {
    super(name, engineCall == null ? "Atomic" : engineCall.name(), uuid, comment);
    this.root = root;
    this.definitions = store(root, uuid);
    this.engineCall = engineCall;
  }

  /** The engine with its arguments; null for Atomic. */
  public @Nullable FunctionCall engineCall() {
    return engineCall;
  }

  @Override
  public boolean hasUuids() {
    return true;
  }

  /** The folder of a UUID. */
  public static Path store(Path root, UUID uuid) {
    String text = uuid.toString();
    return root.resolve("store").resolve(text.substring(0, 3)).resolve(text);
  }

  /** Writes the database's own definition. */
  public void create() {
    String comment = comment().isEmpty() ? "" : "COMMENT " + Quoting.string(comment()) + "\n";
    try {
      Files.createDirectories(definitions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MetadataFiles.write(
        root.resolve("metadata").resolve(FileNames.escape(name()) + ".sql"),
        "ATTACH DATABASE _ UUID '" + uuid() + "'\nENGINE = " + engineText() + "\n" + comment);
    link(root.resolve("metadata").resolve(FileNames.escape(name())), definitions);
  }

  private String engineText() {
    return engineCall == null ? "Atomic" : Formatter.formatOneLine(engineCall);
  }

  /** Work that needs a statement's means, whoever has it done. */
  interface Work {
    void with(Consumer<StatementContext> work);
  }

  /** Looks which definitions are kept, after {@link #finishExchanges} of all databases. */
  Definitions definitions() {
    List<Path> opened = new ArrayList<>();
    List<DefinitionHead> closed = new ArrayList<>();
    Set<String> files = new TreeSet<>(MetadataFiles.names(definitions));
    for (String file : files) {
      if (!file.endsWith(".sql") || files.contains(file + ".detached")) {
        continue;
      }
      Path path = definitions.resolve(file);
      DefinitionHead head = DefinitionHead.of(tableName(path), MetadataFiles.read(path));
      if (head == null) {
        opened.add(path);
      } else {
        closed.add(head);
      }
    }
    return new Definitions(this, opened, closed);
  }

  /**
   * What is kept of a database.
   *
   * @param opened tables that are opened at the start
   * @param closed those that are opened when somebody asks for them
   */
  record Definitions(AtomicDatabase database, List<Path> opened, List<DefinitionHead> closed) {
    /** Puts the names of closed tables into the database. */
    void addClosed(Work internal) {
      database.internal = internal;
      for (DefinitionHead h : closed) {
        database.addClosed(TableEntry.closed(h.name(), h.uuid(), h.engine(), database));
      }
    }

    /** Opens the others. */
    List<Table> open(StatementContext context) {
      List<Table> tables = new ArrayList<>();
      for (Path file : opened) {
        Table t = database.loadOrTell(file, context);
        database.addLoaded(t);
        tables.add(t);
      }
      return tables;
    }
  }

  private Table loadOrTell(Path file, StatementContext context) {
    try {
      return load(file, context);
    } catch (LonghouseException e) {
      LOG.log(System.Logger.Level.ERROR, e.message());
      return unloaded(file, e);
    }
  }

  /** Makes the table of an entry, with the time zone and the settings of the server. */
  Table opened(String table) {
    Work work = Objects.requireNonNull(internal);
    Table[] made = new Table[1];
    TimeZones.in(
        TimeZones.server(),
        () -> {
          work.with(context -> {
            made[0] = loadOrTell(file(table), context);
            if (made[0] instanceof MergeTreeTable m) {
              m.resumeMutations(context);
            }
          });
          return made;
        });
    return made[0];
  }

  /** The data of a table. */
  Path data(UUID table) {
    return store(root, table);
  }

  private UnloadedTable unloaded(Path file, LonghouseException problem) {
    CreateStatement definition = null;
    UUID tableUuid = TableId.NO_UUID;
    try {
      String text = MetadataFiles.read(file);
      if (Parser.parseStatement(text).statement() instanceof CreateStatement c) {
        definition = c;
        tableUuid = TableDefinitions.uuid(c);
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Cannot read " + file + ": " + e.getMessage());
    }
    var id = new TableId(name(), tableName(file), tableUuid);
    boolean known = !tableUuid.equals(TableId.NO_UUID);
    return new UnloadedTable(id, definition, known ? store(root, tableUuid) : null, problem);
  }

  private static String tableName(Path file) {
    String fileName = file.getFileName().toString();
    return FileNames.unescape(fileName.substring(0, fileName.length() - 4));
  }

  private Table load(Path file, StatementContext context) {
    String name = tableName(file);
    String where = "Cannot load table " + name() + "." + name + " from " + file + ": ";
    try {
      return TableDefinitions.attach(MetadataFiles.read(file), name(), name, context);
    } catch (LonghouseException e) {
      throw new LonghouseException(e.errorCode(), where + e.message(), e);
    } catch (UncheckedIOException e) {
      throw new LonghouseException(ErrorCode.CANNOT_READ_ALL_DATA, where + e.getMessage(), e);
    }
  }

  /** Completes or takes back exchanges that a crash has interrupted. */
  public void finishExchanges() {
    for (String file : MetadataFiles.names(definitions)) {
      int at = file.indexOf(EXCHANGE);
      if (at > 0) {
        Path p = definitions.resolve(file);
        int other = at + EXCHANGE.length();
        int end = other + UUID_LENGTH;
        Path first = definitions.resolve(file.substring(0, at) + ".sql");
        Path second =
            store(root, UUID.fromString(file.substring(other, end)))
                .resolve(file.substring(end + 1) + ".sql");
        MetadataFiles.move(p, Files.exists(first) ? second : first);
      }
    }
  }

  private static Path detachedFlag(Path definition) {
    return definition.resolveSibling(definition.getFileName() + ".detached");
  }

  @Override
  public void keepDetached(String table) {
    MetadataFiles.write(detachedFlag(file(table)), "");
  }

  /** The definition of a detached table is not to be written over. */
  @Override
  public synchronized void add(Table table) {
    Path file = file(table.id().name());
    if (!has(table.id().name()) && Files.exists(file)) {
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS,
          "Table "
              + table.id()
              + " already exists (detached"
              + (Files.exists(detachedFlag(file)) ? " permanently)" : ")"));
    }
    super.add(table);
  }

  /**
   * Takes a table out whose data stay for a while.
   *
   * @param table closed already
   */
  public void drop(Table table, DroppedTables dropped) {
    open(table.id().name());
    Path to = dropped.file(table.id());
    MetadataFiles.createFolder(to);
    take(
        table,
        () -> {
          MetadataFiles.move(file(table.id().name()), to);
          MetadataFiles.touch(to);
          unlink(table.id().name());
        });
  }

  /** Brings such a table back. */
  public Table undrop(DroppedTables.Dropped d, DroppedTables dropped, StatementContext context) {
    String name = d.id().name();
    if (Files.exists(file(name)) || !dropped.restore(d, file(name))) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE, "Table " + d.id() + " cannot be restored any more");
    }
    Table table = load(file(name), context);
    addLoaded(table);
    linkData(name, d.id().uuid());
    return table;
  }

  private Path file(String table) {
    return definitions.resolve(FileNames.escape(table) + ".sql");
  }

  @Override
  protected void save(Table table) {
    MetadataFiles.write(file(table.id().name()), TableDefinitions.attachText(table));
    linkData(table.id().name(), table.id().uuid());
  }

  private Path dataLink(String table) {
    return root.resolve("data").resolve(FileNames.escape(name())).resolve(FileNames.escape(table));
  }

  private void linkData(String table, UUID tableUuid) {
    link(dataLink(table), store(root, tableUuid));
  }

  @Override
  protected void move(String table, MemoryDatabase to, String newName) {
    var target = (AtomicDatabase) to;
    UUID tableUuid = require(table).id().uuid();
    MetadataFiles.move(file(table), target.file(newName));
    unlink(table);
    target.linkData(newName, tableUuid);
  }

  @Override
  protected void swap(String table, MemoryDatabase to, String otherTable) {
    var target = (AtomicDatabase) to;
    UUID first = require(table).id().uuid();
    UUID second = target.require(otherTable).id().uuid();
    Path between =
        definitions.resolve(
            FileNames.escape(table) + EXCHANGE + to.uuid() + "." + FileNames.escape(otherTable));
    MetadataFiles.move(file(table), between);
    MetadataFiles.move(target.file(otherTable), file(table));
    MetadataFiles.move(between, target.file(otherTable));
    linkData(table, second);
    target.linkData(otherTable, first);
  }

  @Override
  protected void moveAll(String newName) {
    Path metadata = root.resolve("metadata");
    String before = FileNames.escape(name());
    String after = FileNames.escape(newName);
    MetadataFiles.move(metadata.resolve(before + ".sql"), metadata.resolve(after + ".sql"));
    MetadataFiles.delete(metadata.resolve(before));
    link(metadata.resolve(after), definitions);
    Path links = root.resolve("data").resolve(before);
    if (Files.isDirectory(links)) {
      MetadataFiles.move(links, links.resolveSibling(after));
    }
  }

  @Override
  protected void forget(Table table) {
    MetadataFiles.delete(file(table.id().name()));
    unlink(table.id().name());
  }

  private void unlink(String table) {
    try {
      Files.deleteIfExists(dataLink(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Links are for people and for ClickHouse; one that cannot be made does no harm. They are
   * relative, so that a copied or moved data directory keeps to itself.
   */
  private static void link(Path link, Path target) {
    try {
      Path folder = Objects.requireNonNull(link.toAbsolutePath().normalize().getParent());
      Files.createDirectories(folder);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, folder.relativize(target.toAbsolutePath().normalize()));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(System.Logger.Level.WARNING, "Cannot link " + link + ": " + e);
    }
  }

  @Override
  public Table attach(String table, StatementContext context) {
    if (!Files.exists(file(table))) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE, "Table " + name() + "." + table + " does not exist");
    }
    Table t = load(file(table), context);
    MetadataFiles.delete(detachedFlag(file(table)));
    addLoaded(t);
    return t;
  }

  @Override
  public void drop() {
    MetadataFiles.delete(root.resolve("metadata").resolve(FileNames.escape(name()) + ".sql"));
    MetadataFiles.delete(root.resolve("metadata").resolve(FileNames.escape(name())));
    MetadataFiles.deleteTree(root.resolve("data").resolve(FileNames.escape(name())));
    MetadataFiles.deleteTree(definitions);
  }
}
