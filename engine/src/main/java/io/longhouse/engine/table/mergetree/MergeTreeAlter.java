package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Header;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.analyze.OwnRows;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Partition;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.MutationCommand;
import io.longhouse.storage.mergetree.Mutations;
import io.longhouse.storage.mergetree.PartAuthority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ALTER TABLE} of a MergeTree table: first all changes of the schema in one step, then what
 * has to be done to the data (mutations), then parts and partitions.
 */
final class MergeTreeAlter {
  private static final System.Logger LOG = System.getLogger(MergeTreeAlter.class.getName());
  private static final String ROW_EXISTS = "_row_exists";

  private final MergeTreeTable table;
  private final MergeTreeData data;
  private final StatementContext context;
  private final @Nullable OwnRows own;

  /**
   * @param own what binds the mutations of a user who does not see all rows; null for others
   */
  MergeTreeAlter(MergeTreeTable table, @Nullable OwnRows own, StatementContext context) {
    this.table = table;
    this.own = own;
    this.data = table.data();
    this.context = context;
  }

  /** A mutation that was noted, and the setting that says whether one waits for it. */
  record Noted(long version, String setting, Replication.@Nullable Change change) {
    Noted(long version, String setting) {
      this(version, setting, null);
    }
  }

  /** Everything but the waiting; for one ALTER of a table at a time. */
  List<Noted> run(List<AlterCommand> given) {
    OwnRows bounds = own;
    List<AlterCommand> commands =
        bounds == null ? given : given.stream().map(bounds::bound).toList();
    List<Noted> noted = new ArrayList<>();
    var schema = new SchemaChange(table, context);
    List<AlterCommand> mutations = new ArrayList<>();
    List<AlterCommand> parts = new ArrayList<>();
    boolean changed = false;
    for (AlterCommand c : commands) {
      switch (c) {
        case AlterCommand.Delete _,
            AlterCommand.Update _,
            AlterCommand.MaterializeColumn _,
            AlterCommand.RewriteParts _ ->
            mutations.add(c);
        case AlterCommand.PartCommand _,
            AlterCommand.CopyPartition _,
            AlterCommand.MovePartition _,
            AlterCommand.MovePartitionToTable _,
            AlterCommand.FetchPartition _,
            AlterCommand.Freeze _ ->
            parts.add(c);
        default -> {
          schema.apply(c);
          changed = true;
        }
      }
    }
    if (changed) {
      checkNotMutating(commands);
      PreparedSchema ready = schema.prepare();
      noted.add(change(ready, schema.mutations()));
    }
    if (!mutations.isEmpty()) {
      long version =
          data.authority().mutate(mutations.stream().map(this::mutation).toList(), author());
      noted.add(new Noted(version, "mutations_sync"));
    }
    parts.forEach(new PartitionCommands(table, context)::run);
    return noted;
  }

  private Noted change(PreparedSchema ready, List<MutationCommand> commands) {
    if (data.authority() instanceof Replication replication && !ready.isLocal(table)) {
      PreparedSchema own = ready.localPart(table);
      if (own != null) {
        commit(own, List.of());
      }
      Replication.Change change = replication.alter(ready, commands);
      return new Noted(change.mutation(), "alter_sync", change);
    }
    return new Noted(commit(ready, commands), "alter_sync");
  }

  /** Makes a change here, whoever decided on it. */
  long commit(PreparedSchema ready, List<MutationCommand> commands) {
    return data.mutations()
        .change(commands, ready.digest(), () -> ready.commit(table, database()), this::meaning);
  }

  private @Nullable String author() {
    return own == null ? null : own.author();
  }

  /**
   * Waits for a mutation where the settings ask for it; always for one that is given up when it
   * fails, so that its author learns of it.
   */
  void await(Noted noted) {
    long sync = context.query().settings().number(noted.setting);
    var waiting = new PartAuthority.Waiting(sync, context.query()::checkStopped);
    Replication.Change change = noted.change;
    if (change != null) {
      change.await(waiting);
    }
    if (own != null && change == null) {
      data.authority().awaitMutationOfAuthor(noted.version, waiting);
    } else if (noted.version > 0 && sync > 0) {
      data.authority().awaitMutation(noted.version, waiting);
    }
  }

  /** A column that an unfinished mutation names neither goes nor changes its name. */
  private void checkNotMutating(List<AlterCommand> commands) {
    for (AlterCommand c : commands) {
      String column =
          switch (c) {
            case AlterCommand.DropColumn d when !d.clear() -> d.column();
            case AlterCommand.RenameColumn r -> r.from();
            default -> null;
          };
      for (Mutations.Mutation m : data.mutations().unfinished()) {
        if (column != null && names(m.text(), column)) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Cannot "
                  + (c instanceof AlterCommand.DropColumn ? "drop" : "rename")
                  + " column "
                  + Quoting.identifier(column)
                  + " because it's affected by mutation with ID '"
                  + m.id()
                  + "' which is not finished yet. Wait this mutation, or KILL it with command"
                  + " \"KILL MUTATION WHERE mutation_id = '"
                  + m.id()
                  + "'\"");
        }
      }
    }
  }

  /** Whether a mutation reads a column, or gives it values. */
  private static boolean names(String mutation, String column) {
    var statement = (AlterTable) Parser.parseStatement("ALTER TABLE t " + mutation).statement();
    for (AlterCommand c : statement.commands()) {
      boolean found =
          switch (c) {
            case AlterCommand.Delete d -> SchemaChange.names(d.where(), column);
            case AlterCommand.Update u ->
                SchemaChange.names(u.where(), column)
                    || u.assignments().stream()
                        .anyMatch(a ->
                            a.column().equals(column)
                                || SchemaChange.names(a.expression(), column));
            default -> false;
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  /** What a mutation means over the columns as they are now. */
  private List<MutationCommand> meaning(Mutations.Mutation m) {
    return commands(m.text());
  }

  private @Nullable Database database() {
    return table.id().database().isEmpty() ? null : context.catalog().find(table.id().database());
  }

  /** A command as a mutation's file has it between its parentheses. */
  static String text(AlterCommand c) {
    String whole = Formatter.formatOneLine(new AlterTable(Identifier.of("t"), null, List.of(c)));
    String text = whole.substring("ALTER TABLE t ".length()).replace("UPDATE  ", "UPDATE ");
    return text.startsWith("(") ? text.substring(1, text.length() - 1) : text;
  }

  private MutationCommand mutation(AlterCommand c) {
    MergeTreeMetadata m = data.metadata();
    var header =
        new Header(m.columns().stream().map(x -> new Header.Field(x.name(), x.type())).toList());
    return switch (c) {
      case AlterCommand.Delete d ->
          new MutationCommand.Delete(
              text(c), partition(d.partition()), condition(d.where(), header));
      case AlterCommand.Update u -> {
        Map<Integer, Expr> values = new HashMap<>();
        for (Assignment a : u.assignments()) {
          values.put(updatable(m, a.column()), value(a, m, header));
        }
        yield new MutationCommand.Update(
            text(c), partition(u.partition()), values, updateCondition(u.where(), header));
      }
      case AlterCommand.MaterializeColumn x -> {
        int place = m.place(x.column());
        if (place < 0) {
          throw unknown(x.column());
        }
        updatable(m, x.column());
        if (m.columns().get(place).defaultValue() == null) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Cannot materialize column `"
                  + x.column()
                  + "` because it doesn't have default expression.");
        }
        yield new MutationCommand.Rewrite(
            text(c), partition(x.partition()), x.column(), m.columns().get(place).defaultValue());
      }
      case AlterCommand.RewriteParts r ->
          new MutationCommand.RewriteRows(
              text(c), partition(r.partition()), r.words().equals("APPLY DELETED MASK"));
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "Not a mutation: ALTER TABLE ... " + text(c));
    };
  }

  private int updatable(MergeTreeMetadata m, String column) {
    int place = m.place(column);
    if (place < 0) {
      throw unknown(column);
    }
    List<Expr> keys = new ArrayList<>(m.sortingKey());
    keys.addAll(m.partitionKey());
    for (Expr key : keys) {
      if (io.longhouse.engine.plan.Exprs.inputs(key).contains(place)) {
        throw new LonghouseException(
            ErrorCode.CANNOT_UPDATE_COLUMN, "Cannot UPDATE key column `" + column + "`");
      }
    }
    if (data.mode().requiredColumns().contains(column)) {
      throw new LonghouseException(
          ErrorCode.CANNOT_UPDATE_COLUMN,
          "Cannot UPDATE column `" + column + "` that the engine needs");
    }
    return place;
  }

  private Expr value(Assignment a, MergeTreeMetadata m, Header header) {
    DataType type = m.columns().get(m.place(a.column())).type();
    return context.analyzer().castTo(context.analyzer().resolve(a.expression(), header), type);
  }

  /** Which rows go: a number, where NULL is as good as 0. */
  private Expr condition(Expression where, Header header) {
    Expr e = context.analyzer().resolve(where, header);
    DataType type = plain(e);
    if (!(type instanceof IntegerType || type instanceof FloatType || type instanceof BoolType)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The argument of function isZeroOrNull must have simple numeric type, possibly Nullable"
              + " or Null: In scope isZeroOrNull("
              + Formatter.formatOneLine(where)
              + ")");
    }
    return e;
  }

  /** Which rows get new values. */
  private Expr updateCondition(Expression where, Header header) {
    Expr e = context.analyzer().resolve(where, header);
    DataType type = plain(e);
    if (!type.equals(IntegerType.UINT8) && !(type instanceof BoolType)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + e.type().name()
              + " of first argument (condition) of function if. Must be UInt8: In scope "
              + Formatter.formatOneLine(where));
    }
    return e;
  }

  private static DataType plain(Expr e) {
    return NullableType.strip(LowCardinalityType.strip(e.type()));
  }

  private LonghouseException unknown(String column) {
    return new LonghouseException(
        ErrorCode.NO_SUCH_COLUMN_IN_TABLE,
        "There is no column `" + column + "` in table " + table.id());
  }

  /** {@code DELETE FROM}: rows are marked, the other columns stay as they are. */
  Noted delete(@Nullable Partition partition, Expression where) {
    MergeTreeMetadata m = data.metadata();
    var header =
        new Header(m.columns().stream().map(x -> new Header.Field(x.name(), x.type())).toList());
    var written =
        new AlterCommand.Update(
            List.of(new Assignment(ROW_EXISTS, io.longhouse.sql.ast.Literal.of(0))),
            partition,
            own == null ? where : own.where(where));
    MutationCommand command = mask(written, header);
    long version = data.authority().mutate(List.of(command), author());
    return new Noted(version, "lightweight_deletes_sync");
  }

  /** A lightweight DELETE is kept as the UPDATE of the column that marks rows. */
  private MutationCommand mask(AlterCommand.Update u, Header header) {
    return new MutationCommand.DeleteMask(
        text(u), partition(u.partition()), condition(u.where(), header));
  }

  private static boolean isMask(AlterCommand.Update u) {
    return u.assignments().size() == 1 && u.assignments().getFirst().column().equals(ROW_EXISTS);
  }

  /** Gives mutations that were found at the start their meaning. */
  void resume() {
    for (Mutations.Mutation m : data.mutations().unfinished()) {
      if (m.commands() == null) {
        resume(m);
      }
    }
  }

  private void resume(Mutations.Mutation m) {
    try {
      data.mutations().resume(m.version(), commands(m.text()));
    } catch (LonghouseException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0}: {1} cannot go on, see system.mutations: {2}",
          table.id(),
          m.id(),
          e.message());
      data.mutations().cannotResume(m.version(), e);
    }
  }

  /** What the text of a mutation means over the columns as they are now. */
  List<MutationCommand> commands(String text) {
    var statement = (AlterTable) Parser.parseStatement("ALTER TABLE t " + text).statement();
    List<MutationCommand> out = new ArrayList<>();
    for (AlterCommand c : statement.commands()) {
      out.add(
          switch (c) {
            case AlterCommand.DropColumn d ->
                new MutationCommand.Drop(text(c), partition(d.partition()), d.column());
            case AlterCommand.RenameColumn r ->
                new MutationCommand.Rename(text(c), null, r.from(), r.to());
            case AlterCommand.ModifyColumn x ->
                new MutationCommand.Rewrite(text(c), null, x.column().name(), null);
            case AlterCommand.Update u when isMask(u) -> {
              MergeTreeMetadata m = data.metadata();
              yield mask(
                  u,
                  new Header(
                      m.columns().stream()
                          .map(x -> new Header.Field(x.name(), x.type()))
                          .toList()));
            }
            default -> mutation(c);
          });
    }
    return out;
  }

  private @Nullable String partition(@Nullable Partition p) {
    return p == null ? null : names().id(p);
  }

  private PartitionNames names() {
    return new PartitionNames(data.metadata(), context.analyzer(), context.query());
  }
}
