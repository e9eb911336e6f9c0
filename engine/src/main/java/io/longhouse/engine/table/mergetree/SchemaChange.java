package io.longhouse.engine.table.mergetree;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.statement.ColumnDeclarations;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.Children;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.ConstraintDeclaration;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.IndexDeclaration;
import io.longhouse.sql.ast.Partition;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import io.longhouse.sql.format.Formatter;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.MutationCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns, constraints and clauses of a table while an ALTER changes them. */
final class SchemaChange {
  private final MergeTreeTable table;
  private final StatementContext context;
  private final List<ColumnDefinition> columns;
  private final List<ConstraintDeclaration> constraints;
  private final List<IndexDeclaration> indexes;
  private final KeyColumns keys;
  private final List<MutationCommand> mutations = new ArrayList<>();
  private final Set<String> renamed = new HashSet<>();
  private final Set<String> renamedTo = new HashSet<>();
  private StorageClause storage;
  private @Nullable String comment;

  SchemaChange(MergeTreeTable table, StatementContext context) {
    this.table = table;
    this.context = context;
    this.keys = new KeyColumns(table.data());
    CreateTable d = table.definition();
    this.columns = new ArrayList<>(table.columns());
    TableSchema schema = Objects.requireNonNull(d.schema());
    this.constraints = new ArrayList<>(schema.constraints());
    this.indexes = new ArrayList<>(schema.indexes());
    this.storage = Objects.requireNonNull(d.storage());
    this.comment = d.comment();
  }

  /** What has to be done to the data, in order. */
  List<MutationCommand> mutations() {
    return mutations;
  }

  void apply(AlterCommand c) {
    switch (c) {
      case AlterCommand.AddColumn a -> add(a);
      case AlterCommand.DropColumn d -> drop(d);
      case AlterCommand.ModifyColumn m -> modify(m);
      case AlterCommand.RenameColumn r -> rename(r);
      case AlterCommand.CommentColumn x -> comment(x);
      case AlterCommand.RemoveColumnProperty r -> removeProperty(r);
      case AlterCommand.ModifyComment m -> comment = m.comment();
      case AlterCommand.AddConstraint a -> addConstraint(a);
      case AlterCommand.DropConstraint d -> dropConstraint(d);
      case AlterCommand.AddIndex a -> addIndex(a);
      case AlterCommand.DropIndex d -> dropIndex(d);
      case AlterCommand.MaterializeIndex _ -> {}
      case AlterCommand.ModifySetting m -> settings(m.settings());
      case AlterCommand.ResetSetting r -> resetSettings(r.settings());
      case AlterCommand.ModifyOrderBy o -> storage = withOrderBy(o.orderBy());
      case AlterCommand.ModifySampleBy x -> storage = withSampleBy(x.sampleBy());
      case AlterCommand.RemoveSampleBy _ -> {
        if (storage.sampleBy() == null) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "Table doesn't have SAMPLE BY, cannot remove.");
        }
        storage = withSampleBy(null);
      }
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "ALTER TABLE command is not implemented: " + c.getClass().getSimpleName());
    }
  }

  private int find(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private int require(String name, String what) {
    int at = find(name);
    if (at < 0) {
      throw new LonghouseException(
          ErrorCode.NOT_FOUND_COLUMN_IN_BLOCK,
          "Wrong column name. Cannot find column `" + name + "` to " + what);
    }
    return at;
  }

  private List<ColumnDefinition> resolve(ColumnDeclaration d) {
    List<ColumnDeclaration> all =
        new ArrayList<>(columns.stream().map(ColumnDeclarations::declare).toList());
    all.removeIf(x -> x.name().equals(d.name()));
    all.add(d);
    List<ColumnDefinition> resolved =
        ColumnDeclarations.resolve(all, context.analyzer(), context.query());
    return resolved.subList(all.size() - 1, resolved.size());
  }

  private void add(AlterCommand.AddColumn a) {
    if (a.column().type() == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Data type have to be specified for column " + a.column().name() + " to add");
    }
    List<ColumnDefinition> added = resolve(a.column());
    for (ColumnDefinition c : added) {
      if (find(c.name()) >= 0) {
        if (a.ifNotExists()) {
          return;
        }
        throw new LonghouseException(
            ErrorCode.DUPLICATE_COLUMN,
            "Cannot add column `" + c.name() + "`: column with this name already exists");
      }
    }
    columns.addAll(place(a.position(), columns.size()), added);
  }

  private int place(AlterCommand.@Nullable Position position, int otherwise) {
    return switch (position) {
      case AlterCommand.First _ -> 0;
      case AlterCommand.After x -> after(x.column());
      case null -> otherwise;
    };
  }

  /** The place behind a column, or behind the last part of a Nested. */
  private int after(String column) {
    for (int i = columns.size() - 1; i >= 0 && find(column) < 0; i--) {
      if (columns.get(i).name().startsWith(column + ".")) {
        return i + 1;
      }
    }
    return require(column, "insert after") + 1;
  }

  private void drop(AlterCommand.DropColumn d) {
    if (find(d.column()) < 0 && dropNested(d)) {
      return;
    }
    if (find(d.column()) < 0 && d.ifExists()) {
      return;
    }
    int at = require(d.column(), "drop");
    if (!d.clear()) {
      checkNotUsed(d.column());
    }
    keys.checkNotInKey(d.column(), "drop");
    String text =
        MergeTreeAlter.text(
            new AlterCommand.DropColumn(d.clear(), false, d.column(), d.partition()));
    if (d.clear()) {
      Partition partition = d.partition();
      String id =
          partition == null
              ? null
              : new PartitionNames(table.data().metadata(), context.analyzer(), context.query())
                  .id(partition);
      mutations.add(new MutationCommand.Drop(text, id, d.column()));
      return;
    }
    ColumnDefinition gone = columns.remove(at);
    if (gone.isStored()) {
      mutations.add(new MutationCommand.Drop(text, null, d.column()));
    }
  }

  /** {@code DROP COLUMN n} of a Nested column drops all {@code n.x}. */
  private boolean dropNested(AlterCommand.DropColumn d) {
    List<String> parts =
        columns.stream()
            .map(ColumnDefinition::name)
            .filter(n -> n.startsWith(d.column() + "."))
            .toList();
    parts.forEach(n -> drop(new AlterCommand.DropColumn(d.clear(), false, n, d.partition())));
    return !parts.isEmpty();
  }

  private void checkNotUsed(String column) {
    for (ColumnDefinition c : columns) {
      Expression value = c.defaultExpression();
      if (!c.name().equals(column) && value != null && names(value, column)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_COLUMN,
            "Cannot drop column `" + column + "`, because column `" + c.name() + "` depends on it");
      }
    }
  }

  static boolean names(Expression e, String column) {
    if (e instanceof Identifier id && id.name().equals(column)) {
      return true;
    }
    boolean[] found = new boolean[1];
    Children.forEachChild(e, c -> found[0] |= names(c, column));
    return found[0];
  }

  private void modify(AlterCommand.ModifyColumn m) {
    ColumnDeclaration d = m.column();
    if (find(d.name()) < 0 && m.ifExists()) {
      return;
    }
    int at = require(d.name(), "modify");
    ColumnDefinition old = columns.get(at);
    boolean sameKind = d.defaultKind() == null && d.defaultExpression() == null;
    var full =
        new ColumnDeclaration(
            d.name(),
            d.type() != null || !sameKind && d.type() != null
                ? d.type()
                : ColumnDeclarations.declare(old).type(),
            d.nullable(),
            sameKind ? old.defaultKind() : d.defaultKind(),
            sameKind ? old.defaultExpression() : d.defaultExpression(),
            d.comment() != null ? d.comment() : old.comment(),
            d.codec() != null ? d.codec() : old.codec(),
            d.statistics(),
            d.ttl() != null ? d.ttl() : old.ttl(),
            d.collation(),
            d.settings());
    ColumnDefinition changed = resolve(full).getFirst();
    DataType type = changed.type();
    if (!type.equals(old.type())) {
      keys.checkKeyType(old, type);
      checkNulls(old, changed);
    }
    columns.set(at, changed);
    if (m.position() != null) {
      columns.remove(at);
      columns.add(place(m.position(), at), changed);
    }
    if (!type.equals(old.type()) && changed.isStored() && old.isStored()) {
      mutations.add(
          new MutationCommand.Rewrite(
              MergeTreeAlter.text(new AlterCommand.ModifyColumn(false, d, null)),
              null,
              d.name(),
              null));
    }
  }

  private static void checkNulls(ColumnDefinition old, ColumnDefinition changed) {
    DataType type = changed.type();
    boolean before = LowCardinalityType.strip(old.type()) instanceof NullableType;
    boolean after = LowCardinalityType.strip(type) instanceof NullableType;
    if (before && !after && changed.defaultExpression() == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Cannot convert column '"
              + old.name()
              + "' from nullable type "
              + old.type().name()
              + " to non-nullable type "
              + type.name()
              + ". Please specify `DEFAULT` expression in ALTER MODIFY COLUMN statement.");
    }
  }

  private void rename(AlterCommand.RenameColumn r) {
    if (renamed.contains(r.from())) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Column `" + r.from() + "` is renamed twice in one ALTER: to `" + r.to() + "` as well");
    }
    if (renamedTo.contains(r.from())) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Transitive renames in a single ALTER query are not allowed (don't make sense)");
    }
    if (find(r.from()) < 0 && r.ifExists()) {
      return;
    }
    int at = require(r.from(), "rename");
    if (find(r.to()) >= 0) {
      throw new LonghouseException(
          ErrorCode.DUPLICATE_COLUMN,
          "Cannot rename to `" + r.to() + "`: column with this name already exists");
    }
    keys.checkNotInKey(r.from(), "rename");
    ColumnDefinition c = columns.get(at);
    columns.set(at, withName(c, r.to()));
    renamed.add(r.from());
    renamedTo.add(r.to());
    for (int i = 0; i < columns.size(); i++) {
      columns.set(i, renamedInDefault(columns.get(i), r));
    }
    if (c.isStored()) {
      mutations.add(
          new MutationCommand.Rename(
              MergeTreeAlter.text(new AlterCommand.RenameColumn(false, r.from(), r.to())),
              null,
              r.from(),
              r.to()));
    }
  }

  private static ColumnDefinition renamedInDefault(
      ColumnDefinition c, AlterCommand.RenameColumn r) {
    Expression value = c.defaultExpression();
    return value == null
        ? c
        : new ColumnDefinition(
            c.name(),
            c.type(),
            c.defaultKind(),
            renamed(value, r),
            c.comment(),
            c.codec(),
            c.ttl());
  }

  private static Expression renamed(Expression e, AlterCommand.RenameColumn r) {
    return e instanceof Identifier id && id.name().equals(r.from())
        ? Identifier.of(r.to())
        : Children.mapChildren(e, x -> renamed(x, r));
  }

  private static ColumnDefinition withName(ColumnDefinition c, String name) {
    return new ColumnDefinition(
        name, c.type(), c.defaultKind(), c.defaultExpression(), c.comment(), c.codec(), c.ttl());
  }

  private void comment(AlterCommand.CommentColumn x) {
    if (find(x.column()) < 0 && x.ifExists()) {
      return;
    }
    int at = require(x.column(), "comment");
    ColumnDefinition c = columns.get(at);
    columns.set(
        at,
        new ColumnDefinition(
            c.name(),
            c.type(),
            c.defaultKind(),
            c.defaultExpression(),
            x.comment(),
            c.codec(),
            c.ttl()));
  }

  private void removeProperty(AlterCommand.RemoveColumnProperty r) {
    int at = require(r.column(), "modify");
    ColumnDefinition c = columns.get(at);
    boolean has =
        switch (r.property()) {
          case "COMMENT" -> !c.comment().isEmpty();
          case "CODEC" -> c.codec() != null;
          case "TTL" -> c.ttl() != null;
          default -> c.defaultKind() != null && c.defaultKind().name().equals(r.property());
        };
    if (!has) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Column `" + c.name() + "` doesn't have " + r.property() + ", cannot remove it.");
    }
    boolean isDefault =
        switch (r.property()) {
          case "DEFAULT", "MATERIALIZED", "ALIAS", "EPHEMERAL" -> true;
          default -> false;
        };
    columns.set(
        at,
        new ColumnDefinition(
            c.name(),
            c.type(),
            isDefault ? null : c.defaultKind(),
            isDefault ? null : c.defaultExpression(),
            r.property().equals("COMMENT") ? "" : c.comment(),
            r.property().equals("CODEC") ? null : c.codec(),
            r.property().equals("TTL") ? null : c.ttl()));
  }

  private void addConstraint(AlterCommand.AddConstraint a) {
    if (constraints.stream().anyMatch(c -> c.name().equals(a.constraint().name()))) {
      if (a.ifNotExists()) {
        return;
      }
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN,
          "Cannot add constraint "
              + a.constraint().name()
              + ": constraint with this name already exists");
    }
    constraints.add(a.constraint());
  }

  private void dropConstraint(AlterCommand.DropConstraint d) {
    if (!constraints.removeIf(c -> c.name().equals(d.constraint())) && !d.ifExists()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Wrong constraint name. Cannot find constraint `" + d.constraint() + "` to drop");
    }
  }

  private void addIndex(AlterCommand.AddIndex a) {
    if (indexes.stream().anyMatch(i -> i.name().equals(a.index().name()))) {
      if (a.ifNotExists()) {
        return;
      }
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN,
          "Cannot add index " + a.index().name() + ": index with this name already exists");
    }
    indexes.add(a.index());
  }

  private void dropIndex(AlterCommand.DropIndex d) {
    if (!d.clear() && !indexes.removeIf(i -> i.name().equals(d.index())) && !d.ifExists()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Wrong index name. Cannot find index `" + d.index() + "` to drop");
    }
  }

  private void settings(List<Setting> changes) {
    checkExtended("Cannot alter settings, because table engine doesn't support settings changes.");
    List<Setting> all = new ArrayList<>(storage.settings());
    for (Setting s : changes) {
      if (!MergeTreeSettings.definitions().containsKey(s.name())) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + s.name() + "'.");
      }
      checkNotReadOnly(s.name());
      all.removeIf(x -> x.name().equals(s.name()));
      all.add(s);
    }
    storage = withSettings(all);
  }

  private void checkExtended(String otherwise) {
    if (EngineClause.of(storage, true).deprecated()) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, otherwise);
    }
  }

  private static void checkNotReadOnly(String name) {
    if (name.equals("index_granularity")) {
      throw new LonghouseException(
          ErrorCode.READONLY_SETTING,
          "Setting 'index_granularity' is readonly for storage 'MergeTree'.");
    }
  }

  private void resetSettings(List<String> names) {
    for (String name : names) {
      if (!MergeTreeSettings.definitions().containsKey(name)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Cannot reset setting '"
                + name
                + "' because it doesn't exist for MergeTree engines family.");
      }
      checkNotReadOnly(name);
    }
    List<Setting> all = new ArrayList<>(storage.settings());
    all.removeIf(x -> names.contains(x.name()));
    storage = withSettings(all);
  }

  private StorageClause withSettings(List<Setting> settings) {
    return new StorageClause(
        storage.engine(),
        storage.partitionBy(),
        storage.primaryKey(),
        storage.orderBy(),
        storage.sampleBy(),
        storage.uniqueKey(),
        storage.ttl(),
        settings);
  }

  private StorageClause withSampleBy(@Nullable Expression sampleBy) {
    return new StorageClause(
        storage.engine(),
        storage.partitionBy(),
        storage.primaryKey(),
        storage.orderBy(),
        sampleBy,
        storage.uniqueKey(),
        storage.ttl(),
        storage.settings());
  }

  /** Old rows have the default in a new column, so that they stay sorted. */
  private void checkNew(Expression key) {
    for (ColumnDefinition c : columns) {
      if (c.defaultExpression() != null && names(key, c.name()) && table.column(c.name()) == null) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Newly added column "
                + c.name()
                + " has a default expression, so adding expressions that use it to the sorting key"
                + " is forbidden.");
      }
    }
    for (ColumnDefinition c : table.columns()) {
      if (names(key, c.name())) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Existing column "
                + c.name()
                + " is used in the expression that was added to the sorting key. You can add"
                + " expressions that use only the newly added columns.");
      }
    }
  }

  /** The primary key stays what it was; the sorting key may only grow by columns added just now. */
  private StorageClause withOrderBy(Expression orderBy) {
    checkExtended(
        "ALTER MODIFY ORDER BY is not supported for default-partitioned tables created with the old"
            + " syntax.");
    List<Expression> before = EngineClause.keys(storage.orderBy());
    List<Expression> after = EngineClause.keys(orderBy);
    List<Expression> primary =
        storage.primaryKey() != null ? EngineClause.keys(storage.primaryKey()) : before;
    for (int i = 0; i < primary.size(); i++) {
      if (i >= after.size() || !after.get(i).equals(primary.get(i))) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Primary key must be a prefix of the sorting key, but the column in the position "
                + i
                + " is "
                + (i < after.size() ? Formatter.formatOneLine(after.get(i)) : "missing")
                + ", not "
                + Formatter.formatOneLine(primary.get(i))
                + ".");
      }
    }
    for (Expression e : after) {
      if (!before.contains(e)) {
        checkNew(e);
      }
    }
    return new StorageClause(
        storage.engine(),
        storage.partitionBy(),
        storage.primaryKey() != null ? storage.primaryKey() : storage.orderBy(),
        orderBy,
        storage.sampleBy(),
        storage.uniqueKey(),
        storage.ttl(),
        storage.settings());
  }

  /**
   * Takes over what replicas have agreed on: columns, indexes and constraints, the sorting key and
   * the sampling key. Clauses that only this replica has stay.
   */
  void take(CreateTable agreed) {
    TableSchema schema = Objects.requireNonNull(agreed.schema());
    StorageClause wanted = Objects.requireNonNull(agreed.storage());
    columns.clear();
    columns.addAll(
        ColumnDeclarations.resolve(schema.columns(), context.analyzer(), context.query()));
    indexes.clear();
    indexes.addAll(schema.indexes());
    constraints.clear();
    constraints.addAll(schema.constraints());
    List<Expression> before =
        EngineClause.keys(storage.orderBy() == null ? storage.primaryKey() : storage.orderBy());
    boolean sortsElse = !before.equals(EngineClause.keys(wanted.orderBy()));
    storage =
        new StorageClause(
            storage.engine(),
            storage.partitionBy(),
            sortsElse && storage.primaryKey() == null ? storage.orderBy() : storage.primaryKey(),
            sortsElse ? wanted.orderBy() : storage.orderBy(),
            wanted.sampleBy(),
            storage.uniqueKey(),
            storage.ttl(),
            storage.settings());
  }

  /** Checks the change as a whole. */
  PreparedSchema prepare() {
    return prepare(table.data().metadata().version() + 1);
  }

  /**
   * The same with the version that replicas have agreed on.
   *
   * @param version of the columns
   */
  PreparedSchema prepare(long version) {
    if (columns.stream().noneMatch(ColumnDefinition::isStored)) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Cannot drop or clear all columns");
    }
    List<ColumnDefinition> checked =
        ColumnDeclarations.resolve(
            columns.stream().map(ColumnDeclarations::declare).toList(),
            context.analyzer(),
            context.query());
    CreateTable old = table.definition();
    var schema =
        new TableSchema(
            checked.stream().map(ColumnDeclarations::declare).toList(),
            indexes,
            constraints,
            Objects.requireNonNull(old.schema()).projections());
    var definition =
        new CreateTable(old.head(), schema, storage, old.source(), false, comment, null, null);
    MergeTreeSettings settings =
        MergeTreeEngine.settings(EngineClause.of(storage, true).keys(), context.query());
    MergeTreeMetadata metadata =
        MergeTreeDefinition.metadata(
            checked, EngineClause.of(storage, true), settings, context.analyzer(), version);
    return new PreparedSchema(checked, definition, metadata, settings);
  }
}
