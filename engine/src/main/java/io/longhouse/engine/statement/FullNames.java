package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateIndex;
import io.longhouse.sql.ast.CreateMaskingPolicy;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateRowPolicy;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.DropAccessEntity;
import io.longhouse.sql.ast.DropIndex;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.MoveAccessEntity;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.SystemStatement;
import io.longhouse.sql.ast.Undrop;
import io.longhouse.sql.ast.UpdateRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that means the same in every session: with the session's database in front of each
 * name that has none.
 */
public final class FullNames {
  private final String database;
  private final StatementContext context;

  private FullNames(StatementContext context) {
    this.context = context;
    this.database = context.session().database();
  }

  public static Statement in(Statement statement, StatementContext context) {
    return new FullNames(context).full(statement);
  }

  private Identifier full(Identifier name) {
    return name.parts().size() == 1 ? Identifier.of(database, name.name()) : name;
  }

  private CreateHead full(CreateHead h) {
    return h.temporary()
        ? h
        : new CreateHead(h.verb(), false, h.ifNotExists(), full(h.name()), h.uuid(), h.cluster());
  }

  private Statement full(Statement statement) {
    return switch (statement) {
      case CreateTable s ->
          new CreateTable(
              full(s.head()),
              s.schema(),
              s.storage(),
              full(s.source()),
              s.empty(),
              s.comment(),
              s.attachFrom(),
              s.attachAsReplicated());
      case CreateView s ->
          new CreateView(
              full(s.head()),
              s.schema(),
              s.columnNames(),
              s.security(),
              QualifiedNames.in(s.query(), context),
              s.comment());
      case CreateMaterializedView s -> full(s);
      case CreateDictionary s ->
          new CreateDictionary(
              full(s.head()),
              s.attributes(),
              s.primaryKey(),
              s.source(),
              s.lifetime(),
              s.layout(),
              s.range(),
              s.settings(),
              s.comment());
      case CreateIndex s ->
          new CreateIndex(s.unique(), s.ifNotExists(), full(s.table()), s.cluster(), s.index());
      case DropIndex s -> new DropIndex(s.ifExists(), s.name(), full(s.table()), s.cluster());
      case Drop s when s.kind() != Drop.Kind.DATABASE ->
          new Drop(
              s.action(),
              s.kind(),
              s.temporary(),
              s.ifExists(),
              s.ifEmpty(),
              s.names().stream().map(this::full).toList(),
              s.cluster(),
              s.permanently(),
              s.sync());
      case Undrop s -> new Undrop(full(s.table()), s.uuid(), s.cluster());
      case Rename s when s.kind() != Rename.Kind.DATABASE ->
          new Rename(
              s.kind(),
              s.exchange(),
              s.ifExists(),
              s.pairs().stream().map(p -> new Rename.Pair(full(p.from()), full(p.to()))).toList(),
              s.cluster());
      case AlterTable s ->
          new AlterTable(
              full(s.table()), s.cluster(), s.commands().stream().map(this::full).toList());
      case DeleteRows s -> new DeleteRows(full(s.table()), s.cluster(), s.partition(), s.where());
      case UpdateRows s ->
          new UpdateRows(full(s.table()), s.cluster(), s.assignments(), s.partition(), s.where());
      case Optimize s ->
          new Optimize(
              full(s.table()),
              s.cluster(),
              s.partition(),
              s.isFinal(),
              s.deduplicate(),
              s.deduplicateBy(),
              s.cleanup(),
              s.dryRunParts());
      case SystemStatement s -> full(s);
      case Grant s -> full(s);
      case CreateRowPolicy s ->
          new CreateRowPolicy(
              s.verb(),
              policies(s.names()),
              s.newName(),
              s.restrictive(),
              s.hasFilter(),
              s.using(),
              s.to());
      case CreateMaskingPolicy s ->
          new CreateMaskingPolicy(
              s.verb(),
              s.name(),
              full(s.table()),
              s.assignments(),
              s.where(),
              s.to(),
              s.priority());
      case DropAccessEntity s ->
          new DropAccessEntity(
              s.kind(), s.ifExists(), s.names(), policies(s.policies()), s.cluster(), s.storage());
      case MoveAccessEntity s ->
          new MoveAccessEntity(
              s.kind(), s.names(), policies(s.policies()), s.storage(), s.cluster());
      case CreateTenantSpace s ->
          new CreateTenantSpace(
              s.orReplace(),
              s.ifNotExists(),
              s.name(),
              s.cluster(),
              s.tables().stream().map(this::full).toList(),
              s.isolation(),
              s.limits(),
              s.settings(),
              s.comment());
      case AlterTenantSpace s ->
          new AlterTenantSpace(s.ifExists(), s.name(), s.cluster(), full(s.action()));
      default -> statement;
    };
  }

  private CreateTable.@Nullable Source full(CreateTable.@Nullable Source source) {
    return switch (source) {
      case CreateTable.Like l -> new CreateTable.Like(full(l.table()));
      case CreateTable.Clone c -> new CreateTable.Clone(full(c.table()));
      case CreateTable.AsSelect s ->
          new CreateTable.AsSelect(QualifiedNames.in(s.query(), context));
      case CreateTable.Function f -> f;
      case null -> null;
    };
  }

  private CreateMaterializedView full(CreateMaterializedView s) {
    Identifier to = s.to();
    return new CreateMaterializedView(
        full(s.head()),
        s.refresh(),
        to == null ? null : full(to),
        s.toInnerUuid(),
        s.schema(),
        s.storage(),
        s.populate(),
        s.empty(),
        s.security(),
        QualifiedNames.in(s.query(), context),
        s.comment());
  }

  private AlterCommand full(AlterCommand command) {
    return switch (command) {
      case AlterCommand.CopyPartition c ->
          new AlterCommand.CopyPartition(c.replace(), c.partition(), full(c.from()));
      case AlterCommand.MovePartitionToTable c ->
          new AlterCommand.MovePartitionToTable(c.partition(), full(c.table()));
      case AlterCommand.ModifyQuery c ->
          new AlterCommand.ModifyQuery(QualifiedNames.in(c.query(), context));
      default -> command;
    };
  }

  /** What a command names is a table, but for those that name a database. */
  private SystemStatement full(SystemStatement s) {
    Identifier table = s.table();
    return table == null || s.command().contains("DATABASE")
        ? s
        : new SystemStatement(s.command(), s.cluster(), full(table), s.arguments());
  }

  private Grant full(Grant s) {
    List<Grant.Privilege> privileges =
        s.privileges().stream()
            .map(p -> new Grant.Privilege(p.type(), p.columns(), full(p)))
            .toList();
    return new Grant(
        s.revoke(),
        s.cluster(),
        s.currentGrants(),
        privileges,
        s.roles(),
        s.grantees(),
        s.withOption(),
        s.replaceOption());
  }

  /** Some privileges are on names that are no tables. */
  private Grant.Target full(Grant.Privilege p) {
    Grant.Target t = p.target();
    boolean onTable = t.table() != null || t.anyTable();
    return t.database() != null
            || t.anyDatabase()
            || !onTable
            || Privilege.of(p.type()).level().hasParameter()
        ? t
        : new Grant.Target(database, t.table(), false, t.anyTable(), t.wildcard(), t.filter());
  }

  private List<RowPolicyName> policies(List<RowPolicyName> names) {
    return names.stream()
        .map(n -> n.database() == null ? new RowPolicyName(n.name(), database, n.table()) : n)
        .toList();
  }

  private CreateTenantSpace.SpaceTable full(CreateTenantSpace.SpaceTable t) {
    return new CreateTenantSpace.SpaceTable(full(t.table()), t.key());
  }

  private AlterTenantSpace.Action full(AlterTenantSpace.Action action) {
    return switch (action) {
      case AlterTenantSpace.AddTable a -> new AlterTenantSpace.AddTable(full(a.table()));
      case AlterTenantSpace.DropTable d -> new AlterTenantSpace.DropTable(full(d.table()));
      case AlterTenantSpace.AlterTable a ->
          new AlterTenantSpace.AlterTable(
              full(a.table()), a.commands().stream().map(this::full).toList());
      default -> action;
    };
  }
}
