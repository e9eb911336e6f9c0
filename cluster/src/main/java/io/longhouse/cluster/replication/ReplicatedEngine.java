package io.longhouse.cluster.replication;

import io.longhouse.cluster.interserver.Interserver;
import io.longhouse.cluster.interserver.PartExchange;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperService;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.mergetree.EngineClause;
import io.longhouse.engine.table.mergetree.EngineClause.ReplicaPlace;
import io.longhouse.engine.table.mergetree.MergeTreeEngine;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.engine.table.mergetree.Replication;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.StorageClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The engines of the MergeTree family whose tables have replicas on several servers. */
@Register(
    kind = TableEngine.class,
    name = "ReplicatedMergeTree",
    doc = "A MergeTree of which each replica has all rows; they agree through Keeper.")
@Register(
    kind = TableEngine.class,
    name = "ReplicatedReplacingMergeTree",
    doc = "A replicated ReplacingMergeTree.")
@Register(
    kind = TableEngine.class,
    name = "ReplicatedSummingMergeTree",
    doc = "A replicated SummingMergeTree.")
@Register(
    kind = TableEngine.class,
    name = "ReplicatedAggregatingMergeTree",
    doc = "A replicated AggregatingMergeTree.")
@Register(
    kind = TableEngine.class,
    name = "ReplicatedCollapsingMergeTree",
    doc = "A replicated CollapsingMergeTree.")
@Register(
    kind = TableEngine.class,
    name = "ReplicatedVersionedCollapsingMergeTree",
    doc = "A replicated VersionedCollapsingMergeTree.")
@Register(
    kind = TableEngine.class,
    name = "ReplicatedCoalescingMergeTree",
    doc = "A replicated CoalescingMergeTree.")
final class ReplicatedEngine implements TableEngine {
  @Override
  public boolean supportsSortOrder() {
    return true;
  }

  @Override
  public boolean supportsSettings() {
    return true;
  }

  @Override
  public Table create(Definition given) {
    StorageClause storage = Objects.requireNonNull(given.statement().storage());
    EngineClause clause = EngineClause.of(storage, true);
    if (clause.deprecated()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Replicated tables in the syntax with a date column are not implemented: their parts are"
              + " named by dates");
    }
    ReplicaPlace asWritten = Objects.requireNonNull(clause.replica());
    boolean named = names(asWritten.path()) || names(asWritten.name());
    ReplicaPlace place =
        given.attach() ? asWritten : ReplicaPlaces.written(asWritten, given.id(), given.context());
    ReplicaPath path = ReplicaPlaces.path(place, given.id(), !given.attach(), given.context());
    Keeper keeper = KeeperService.require(given.context());
    var means =
        new Replica.Means(
            keeper,
            given.context().require(LocalEngine.class),
            given.context().require(ReplicatedTables.class),
            given.context().require(Interserver.class),
            given.context().require(PartExchange.class));
    Definition d = given.attach() ? given : with(given, place);
    // What still stands in the definition of a table changes when that is renamed.
    boolean mayBeRenamed = !(given.attach() && named);
    return MergeTreeEngine.create(
        d, table -> replica(table, path, mayBeRenamed, d.attach(), means));
  }

  @Override
  public void forget(TableId id, CreateTable definition, QueryContext context) {
    EngineClause clause = EngineClause.of(Objects.requireNonNull(definition.storage()), true);
    ReplicaPath path =
        ReplicaPlaces.path(Objects.requireNonNull(clause.replica()), id, false, context);
    new Registration(KeeperService.require(context), path).drop();
  }

  private static boolean names(@org.jspecify.annotations.Nullable String text) {
    return text != null && (text.contains("{database}") || text.contains("{table}"));
  }

  private static Replication replica(
      MergeTreeTable table,
      ReplicaPath path,
      boolean mayBeRenamed,
      boolean attach,
      Replica.Means means) {
    var replica = new Replica(table, path, mayBeRenamed, means);
    if (!attach) {
      replica.create();
    }
    return replica;
  }

  /** The definition with the place in it. */
  private static Definition with(Definition d, ReplicaPlace place) {
    CreateTable s = d.statement();
    StorageClause storage = Objects.requireNonNull(s.storage());
    FunctionCall engine = Objects.requireNonNull(storage.engine());
    List<Expression> arguments = new ArrayList<>();
    arguments.add(Literal.of(Objects.requireNonNull(place.path())));
    arguments.add(Literal.of(Objects.requireNonNull(place.name())));
    arguments.addAll(EngineClause.of(storage, true).arguments());
    var statement =
        new CreateTable(
            s.head(),
            s.schema(),
            storage.withEngine(FunctionCall.call(engine.name(), arguments)),
            s.source(),
            s.empty(),
            s.comment(),
            s.attachFrom(),
            s.attachAsReplicated());
    return new Definition(
        d.id(), d.columns(), statement, d.attach(), d.dataPath(), d.analyzer(), d.context());
  }
}
