package io.longhouse.cluster.database;

import io.longhouse.engine.statement.FullNames;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateIndex;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.DropIndex;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Statements that change which tables a database has and how they are defined. */
final class DefinitionStatements {
  private DefinitionStatements() {}

  /** The database that a statement is about; null for other statements. */
  static @Nullable String database(Statement statement, StatementContext context) {
    if (statement instanceof Drop d && d.kind() == Drop.Kind.DATABASE) {
      return d.names().getFirst().name();
    }
    List<Identifier> names = names(statement, context);
    String found = null;
    for (Identifier name : names) {
      String in = name.qualifier() == null ? context.session().database() : name.qualifier();
      if (name.qualifier() == null && context.temporaryTables().find(name.last()) != null) {
        return null;
      }
      found = found == null ? in : found;
    }
    return found;
  }

  /** The tables whose definitions a statement changes; none for other statements. */
  static List<Identifier> names(Statement statement, StatementContext context) {
    return switch (statement) {
      case CreateTable s when !s.head().temporary() -> List.of(s.head().name());
      case CreateView s when !s.head().temporary() -> List.of(s.head().name());
      case CreateMaterializedView s -> List.of(s.head().name());
      case CreateDictionary s -> List.of(s.head().name());
      case Drop s when s.kind() != Drop.Kind.DATABASE && !isOfReplicas(s, context) -> s.names();
      case Rename s when s.kind() != Rename.Kind.DATABASE ->
          s.pairs().stream().flatMap(p -> List.of(p.from(), p.to()).stream()).toList();
      case AlterTable s when changesDefinition(s) -> List.of(s.table());
      case CreateIndex s -> List.of(s.table());
      case DropIndex s -> List.of(s.table());
      default -> List.of();
    };
  }

  /** Replicas of a table pass a TRUNCATE on themselves. */
  private static boolean isOfReplicas(Drop d, StatementContext context) {
    if (d.action() != Drop.Action.TRUNCATE) {
      return false;
    }
    Identifier name = d.names().getFirst();
    Table t = context.tables().find(name.qualifier(), name.last());
    return t != null && t.engine().startsWith("Replicated");
  }

  /**
   * The table that a statement changes the definition of, when its replicas pass that on
   * themselves; null otherwise.
   */
  static @Nullable Table replicated(Statement statement, StatementContext context) {
    Identifier name =
        switch (statement) {
          case AlterTable s -> s.table();
          case CreateIndex s -> s.table();
          case DropIndex s -> s.table();
          default -> null;
        };
    Table t = name == null ? null : context.tables().find(name.qualifier(), name.last());
    return t != null && t.engine().startsWith("Replicated") ? t : null;
  }

  private static boolean changesDefinition(AlterTable a) {
    return a.commands().stream()
        .noneMatch(c ->
            c instanceof AlterCommand.Update
                || c instanceof AlterCommand.Delete
                || c instanceof AlterCommand.PartCommand
                || c instanceof AlterCommand.CopyPartition
                || c instanceof AlterCommand.MovePartition
                || c instanceof AlterCommand.MovePartitionToTable
                || c instanceof AlterCommand.FetchPartition
                || c instanceof AlterCommand.Freeze
                || c instanceof AlterCommand.RewriteParts);
  }

  /**
   * Refuses what cannot be the same on all replicas.
   *
   * @throws LonghouseException SUPPORT_IS_DISABLED (344), INCORRECT_QUERY (80), NOT_IMPLEMENTED
   *     (48)
   */
  static void check(Statement statement, String database, StatementContext context) {
    boolean fills =
        statement instanceof CreateTable c
                && (c.source() instanceof CreateTable.AsSelect && !c.empty()
                    || c.source() instanceof CreateTable.Clone)
            || statement instanceof CreateMaterializedView m && m.populate();
    if (fills) {
      throw new LonghouseException(
          ErrorCode.SUPPORT_IS_DISABLED,
          "CREATE AS SELECT and POPULATE is not supported with Replicated databases. Consider using"
              + " separate CREATE and INSERT queries.");
    }
    if (statement instanceof Drop d && d.action() == Drop.Action.DETACH && !d.permanently()) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_QUERY,
          "DETACH TABLE is not allowed for Replicated databases. Use DETACH TABLE PERMANENTLY");
    }
    for (Identifier name : names(statement, context)) {
      if (name.qualifier() != null && !name.qualifier().equals(database)) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "A statement about tables of a Replicated database and of another one: " + name.name());
      }
    }
  }

  /** Names of tables whose definitions a statement changes. */
  static Set<String> tables(Statement statement, StatementContext context) {
    Set<String> out = new TreeSet<>();
    names(statement, context).forEach(n -> out.add(n.last()));
    return out;
  }

  /** The statement as it is in the log: its own tables without a database, others with theirs. */
  static Statement shared(Statement statement, StatementContext context) {
    return switch (FullNames.in(statement, context)) {
      case CreateTable s ->
          new CreateTable(
              bare(s.head()),
              s.schema(),
              s.storage(),
              s.source(),
              s.empty(),
              s.comment(),
              s.attachFrom(),
              s.attachAsReplicated());
      case CreateView s ->
          new CreateView(
              bare(s.head()), s.schema(), s.columnNames(), s.security(), s.query(), s.comment());
      case CreateMaterializedView s ->
          new CreateMaterializedView(
              bare(s.head()),
              s.refresh(),
              s.to(),
              s.toInnerUuid(),
              s.schema(),
              s.storage(),
              s.populate(),
              s.empty(),
              s.security(),
              s.query(),
              s.comment());
      case CreateDictionary s ->
          new CreateDictionary(
              bare(s.head()),
              s.attributes(),
              s.primaryKey(),
              s.source(),
              s.lifetime(),
              s.layout(),
              s.range(),
              s.settings(),
              s.comment());
      case Drop s ->
          new Drop(
              s.action(),
              s.kind(),
              s.temporary(),
              s.ifExists(),
              s.ifEmpty(),
              s.names().stream().map(DefinitionStatements::bare).toList(),
              s.cluster(),
              s.permanently(),
              s.sync());
      case Rename s ->
          new Rename(
              s.kind(),
              s.exchange(),
              s.ifExists(),
              s.pairs().stream().map(p -> new Rename.Pair(bare(p.from()), bare(p.to()))).toList(),
              s.cluster());
      case AlterTable s -> new AlterTable(bare(s.table()), s.cluster(), s.commands());
      case CreateIndex s ->
          new CreateIndex(s.unique(), s.ifNotExists(), bare(s.table()), s.cluster(), s.index());
      case DropIndex s -> new DropIndex(s.ifExists(), s.name(), bare(s.table()), s.cluster());
      case Statement s -> s;
    };
  }

  private static Identifier bare(Identifier name) {
    return Identifier.of(name.last());
  }

  private static CreateHead bare(CreateHead h) {
    return new CreateHead(
        h.verb(), h.temporary(), h.ifNotExists(), bare(h.name()), h.uuid(), h.cluster());
  }
}
