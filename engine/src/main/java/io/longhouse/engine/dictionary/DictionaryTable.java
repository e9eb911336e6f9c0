package io.longhouse.engine.dictionary;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.parser.Parser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary under its name. Its rows are loaded by the server, or as the user that its source
 * names, not by who asks first; who may read them is asked where they are used.
 */
public final class DictionaryTable implements Table {
  private static final System.Logger LOG = System.getLogger(DictionaryTable.class.getName());

  private volatile TableId id;
  private final DictionarySpec spec;
  private final AtomicBoolean reloading = new AtomicBoolean();
  private boolean loading; // under this
  private volatile @Nullable Loaded loaded;
  private volatile @Nullable RuntimeException failure;
  final LongAdder asked = new LongAdder();
  final LongAdder found = new LongAdder();
  final LongAdder failures = new LongAdder();

  /** Rows and when they came. */
  record Loaded(DictionaryData data, Instant start, long durationNs, long dueNs) {}

  DictionaryTable(TableId id, DictionarySpec spec) {
    this.id = id;
    this.spec = spec;
  }

  /** The dictionary of a statement; nothing is loaded yet. */
  public static DictionaryTable of(TableId id, CreateDictionary s, StatementContext context) {
    return new DictionaryTable(id, DictionarySpec.of(s, id.database(), context.analyzer()));
  }

  DictionarySpec spec() {
    return spec;
  }

  @Nullable Loaded loaded() {
    return loaded;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  /** What {@code system.dictionaries} tells of a dictionary. */
  public record Status(
      TableId id,
      String status,
      String type,
      List<ColumnDefinition> keys,
      List<ColumnDefinition> attributes,
      long bytes,
      long asked,
      double foundRate,
      long elements,
      String source,
      long lifetimeMinSec,
      long lifetimeMaxSec,
      @Nullable Instant loadingStart,
      double loadingSeconds,
      long failures,
      String lastException,
      String comment) {
    /** The same without what follows from its rows or from who asked for them. */
    public Status withoutCounts() {
      return new Status(
          id,
          status,
          type,
          keys,
          attributes,
          0,
          0,
          0,
          0,
          source,
          lifetimeMinSec,
          lifetimeMaxSec,
          loadingStart,
          0,
          0,
          "",
          comment);
    }
  }

  /** How it is now. */
  public Status status() {
    Loaded now = loaded;
    RuntimeException error = failure;
    long lookups = asked.sum();
    CreateDictionary.Lifetime life = spec.statement().lifetime();
    String comment = spec.statement().comment();
    return new Status(
        id,
        now != null ? "LOADED" : error != null ? "FAILED" : "NOT_LOADED",
        spec.layout().shown(),
        spec.keys().stream().map(k -> definition(spec.columns().get(k))).toList(),
        spec.attributes().stream().map(DictionaryTable::definition).toList(),
        now == null ? 0 : now.data().retainedBytes(),
        lookups,
        lookups == 0 ? 0 : (double) found.sum() / lookups,
        now == null ? 0 : now.data().size(),
        spec.source().shown(),
        life == null ? 0 : life.minSec(),
        life == null ? 0 : life.maxSec(),
        now == null ? null : now.start(),
        now == null ? 0 : now.durationNs() / 1e9,
        failures.sum(),
        error == null ? "" : String.valueOf(error.getMessage()),
        comment == null ? "" : comment);
  }

  private static ColumnDefinition definition(DictionarySpec.Column c) {
    return ColumnDefinition.of(c.name(), c.type());
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "Dictionary";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return spec.columns().stream().map(c -> ColumnDefinition.of(c.name(), c.type())).toList();
  }

  @Override
  public CreateStatement definition() {
    return spec.statement();
  }

  /** The rows now; loads them when there are none yet, and behind the scenes when they are old. */
  DictionaryData data(LocalEngine engine) {
    Loaded now = loaded;
    if (now == null) {
      synchronized (this) {
        now = loaded;
        if (now == null) {
          now = load(engine);
        }
      }
    } else if (System.nanoTime() > now.dueNs() && reloading.compareAndSet(false, true)) {
      Thread.ofVirtual().name("dictionary " + id).start(() -> reloadInBackground(engine));
    }
    return now.data();
  }

  private void reloadInBackground(LocalEngine engine) {
    try {
      reload(engine);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING, "Cannot reload dictionary " + id + ": " + e.getMessage());
    } finally {
      reloading.set(false);
    }
  }

  /** Loads the rows anew; those that are there stay when that fails. */
  synchronized void reload(LocalEngine engine) {
    load(engine);
  }

  private Loaded load(LocalEngine engine) {
    if (loading) {
      throw new LonghouseException(
          ErrorCode.INFINITE_LOOP, "Dictionary " + id + " is loaded from itself");
    }
    Instant start = Instant.now();
    long startNs = System.nanoTime();
    DictionaryData[] data = new DictionaryData[1];
    loading = true;
    try {
      engine.internally(spec.source().user(), context -> data[0] = read(context));
    } catch (RuntimeException e) {
      failures.increment();
      failure = e;
      throw e;
    } finally {
      loading = false;
    }
    failure = null;
    asked.reset();
    found.reset();
    long now = System.nanoTime();
    var done = new Loaded(data[0], start, now - startNs, due(now));
    loaded = done;
    return done;
  }

  /** Not all dictionaries of a lifetime are due at once. */
  private long due(long nowNs) {
    CreateDictionary.Lifetime life = spec.statement().lifetime();
    if (life == null || life.maxSec() == 0) {
      return Long.MAX_VALUE;
    }
    long seconds =
        life.minSec() >= life.maxSec()
            ? life.maxSec()
            : ThreadLocalRandom.current().nextLong(life.minSec(), life.maxSec() + 1);
    return nowNs + Math.max(1, seconds) * 1_000_000_000L;
  }

  private DictionaryData read(StatementContext context) {
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (DictionarySpec.Column c : spec.columns()) {
      types.add(c.type());
      names.add(c.name());
    }
    String sql = spec.source().query(spec.columns());
    if (sql == null) {
      Block none = Plan.headerOf(names, inputs(types)).emptyBlock();
      return new DictionaryData(spec, none, lookupKeys(none, types, context));
    }
    context.session().database(id.database());
    spec.statement()
        .settings()
        .forEach(s -> {
          if (s.value() != null) {
            Expr.Constant c = context.analyzer().constant(s.value());
            context.query().settings().set(s.name(), c.type().textOf(c.value(), 0));
          }
        });
    var query = (Query) Parser.parseStatement(sql).statement();
    Plan plan = context.analyzer().converted(context.analyzer().analyze(query), types, names);
    Block block = context.collect(plan, Long.MAX_VALUE);
    checkLimits(block, context.query().settings());
    return new DictionaryData(spec, block, lookupKeys(block, types, context));
  }

  /** A source's rows are a result, with the limits that the dictionary's SETTINGS say. */
  private static void checkLimits(Block block, Settings settings) {
    long rowsMax = settings.number("max_result_rows");
    long bytesMax = settings.number("max_result_bytes");
    if (rowsMax > 0 && block.rows() > rowsMax || bytesMax > 0 && block.retainedBytes() > bytesMax) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_ROWS_OR_BYTES,
          "Limit for result exceeded, max rows: "
              + rowsMax
              + ", max bytes: "
              + bytesMax
              + ", current rows: "
              + block.rows()
              + ", current bytes: "
              + block.retainedBytes());
    }
  }

  private static List<Expr> inputs(List<DataType> types) {
    List<Expr> out = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      out.add(new Expr.Input(i, types.get(i)));
    }
    return out;
  }

  /** The key in the types of a lookup: a simple key of any width becomes UInt64. */
  private Column[] lookupKeys(Block block, List<DataType> types, StatementContext context) {
    List<DataType> wanted = spec.keyTypes();
    Column[] keys = new Column[wanted.size()];
    Column[] all = block.columns();
    for (int i = 0; i < keys.length; i++) {
      int place = spec.keys().get(i);
      Expr e = context.analyzer().castTo(new Expr.Input(place, types.get(place)), wanted.get(i));
      keys[i] =
          new io.longhouse.function.expr.Program(List.of(e))
              .evaluateSingle(all, block.rows())
              .full();
    }
    return keys;
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    Block rows = data(context.require(LocalEngine.class)).block();
    List<String> names = spec.columns().stream().map(DictionarySpec.Column::name).toList();
    int[] places = request.columns().stream().mapToInt(names::indexOf).toArray();
    context.progress().readRows.add(rows.rows());
    return _ -> List.of(new BlocksLane(BlocksLane.split(rows.project(places))));
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
