package io.longhouse.engine.catalog;

import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.system.InformationSchema;
import io.longhouse.engine.system.SystemDatabase;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.function.NumbersTable;
import io.longhouse.engine.table.function.PrimesTable;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateDatabase;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.parser.Parser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills the catalog when an engine is opened. */
public final class CatalogLoader {
  private static final String SYSTEM = "system";

  private CatalogLoader() {}

  public static void load(LocalEngine engine, @Nullable Path root) {
    Catalog catalog = engine.catalog();
    List<AtomicDatabase> found = List.of();
    if (root != null) {
      found =
          MetadataFiles.list(root.resolve("metadata"), ".sql").parallelStream()
              .map(file -> database(file, root))
              .toList();
      found.stream().filter(d -> !d.name().equals(SYSTEM)).forEach(catalog::add);
      catalog.userFunctions().load(root);
    }
    catalog.add(new SystemDatabase(system(found, root)));
    for (String name : List.of("information_schema", "INFORMATION_SCHEMA")) {
      if (catalog.find(name) == null) {
        catalog.add(new InformationSchema(name));
      }
    }
    if (catalog.find("default") == null) {
      catalog.add(engine.newDatabase("default", "", ""));
    }
    found.parallelStream().forEach(AtomicDatabase::finishExchanges);
    List<AtomicDatabase.Definitions> kept =
        found.parallelStream().map(AtomicDatabase::definitions).toList();
    kept.forEach(d -> d.addClosed(engine::internally));
    List<Table> opened = new ArrayList<>();
    engine.internally(context -> kept.forEach(d -> opened.addAll(d.open(context))));
    opened.forEach(Table::start);
    catalog.openThoseWithWork();
  }

  private static AtomicDatabase database(Path file, Path root) {
    String name = file.getFileName().toString();
    name = FileNames.unescape(name.substring(0, name.length() - 4));
    if (Parser.parseStatement(MetadataFiles.read(file)).statement() instanceof CreateDatabase c
        && c.head().uuid() != null) {
      String comment = c.comment();
      FunctionCall engine = c.storage() == null ? null : c.storage().engine();
      boolean plain =
          engine == null || Registry.of(DatabaseEngine.class).find(engine.name()) == null;
      return new AtomicDatabase(
          name,
          UUID.fromString(c.head().uuid()),
          comment == null ? "" : comment,
          root,
          plain ? null : engine);
    }
    throw new LonghouseException(
        ErrorCode.INCORRECT_QUERY, "Expected ATTACH DATABASE _ UUID '...' in " + file);
  }

  /** The tables of the system database that have data; numbers and the like among them. */
  private static Database system(List<AtomicDatabase> found, @Nullable Path root) {
    MemoryDatabase system = null;
    for (AtomicDatabase d : found) {
      if (d.name().equals(SYSTEM)) {
        system = d;
      }
    }
    if (system == null && root != null) {
      var created = new AtomicDatabase(SYSTEM, UUID.randomUUID(), "", root);
      created.create();
      system = created;
    }
    if (system == null) {
      system = new MemoryDatabase(SYSTEM, "Atomic", new UUID(0, 1), "");
    }
    system.addLoaded(numbers("numbers", false));
    system.addLoaded(numbers("numbers_mt", true));
    system.addLoaded(new PrimesTable(TableId.of(SYSTEM, "primes"), 0, -1, 1));
    system.addLoaded(zeros("zeros_mt", -1, "zero"));
    system.addLoaded(zeros("zeros", -1, "zero"));
    system.addLoaded(zeros("one", 1, "dummy"));
    return system;
  }

  private static Table numbers(String name, boolean parallel) {
    return new NumbersTable(
        TableId.of("system", name), "number", IntegerType.UINT64, 0, -1, 1, parallel);
  }

  private static Table zeros(String name, long count, String column) {
    return new NumbersTable(
        TableId.of("system", name), column, IntegerType.UINT8, 0, count, 1, false);
  }
}
