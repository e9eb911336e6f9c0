package io.longhouse.engine.table.random;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ast.CreateStatement;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Endless random rows. With a seed, every read yields the same rows in the same order, and a column
 * has the same values whatever other columns are read. The values are not those of ClickHouse.
 */
final class RandomTable implements Table {
  /** What the rows are like; {@code seed} null takes another one for each read. */
  record Options(@Nullable Long seed, long maxStringLength, long maxArrayLength) {}

  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final Options options;
  private final @Nullable CreateStatement definition;

  RandomTable(
      TableId id,
      List<ColumnDefinition> columns,
      Options options,
      @Nullable CreateStatement definition) {
    this.id = id;
    this.columns = List.copyOf(columns);
    this.options = options;
    this.definition = definition;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "GenerateRandom";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public @Nullable CreateStatement definition() {
    return definition;
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    Long given = options.seed;
    long seed = given == null ? ThreadLocalRandom.current().nextLong() : given;
    List<String> stored =
        columns.stream().filter(ColumnDefinition::isStored).map(ColumnDefinition::name).toList();
    int[] places = request.columns().stream().mapToInt(stored::indexOf).toArray();
    int rows = (int) Math.clamp(context.settings().number("max_block_size"), 1, 1 << 16);
    RandomColumns[] sources = new RandomColumns[places.length];
    for (int i = 0; i < places.length; i++) {
      sources[i] =
          new RandomColumns(
              seed + 0x632BE59BD9B4E019L * (places[i] + 1),
              options.maxStringLength,
              options.maxArrayLength);
    }
    return _ -> List.of(lane(sources, request.columns(), rows, context));
  }

  private Lane lane(RandomColumns[] sources, List<String> names, int rows, QueryContext context) {
    return () -> {
      Column[] made = new Column[sources.length];
      for (int i = 0; i < made.length; i++) {
        ColumnDefinition c = column(names.get(i));
        made[i] = sources[i].column(java.util.Objects.requireNonNull(c).type(), rows);
      }
      var block = new Block(made, rows);
      context.progress().readRows.add(rows);
      context.progress().readBytes.add(block.retainedBytes());
      return block;
    };
  }
}
