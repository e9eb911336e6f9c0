package io.longhouse.sql.format;

import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Partition;
import io.longhouse.sql.ast.TypeArgument;
import org.jspecify.annotations.Nullable;

/** The text of the commands of ALTER TABLE. */
final class AlterCommands {
  private static final String IF_EXISTS = "IF EXISTS ";
  private static final String IF_NOT_EXISTS = "IF NOT EXISTS ";

  private AlterCommands() {}

  static void print(Out out, AlterCommand command) {
    switch (command) {
      case AlterCommand.AddColumn a -> {
        out.add("ADD COLUMN ").add(a.ifNotExists() ? IF_NOT_EXISTS : "");
        Schemas.column(out, a.column());
        position(out, a.position());
      }
      case AlterCommand.DropColumn d -> {
        out.add(d.clear() ? "CLEAR COLUMN " : "DROP COLUMN ").add(ifExists(d.ifExists()));
        path(out, d.column());
        Alters.inPartition(out, d.partition());
      }
      case AlterCommand.ModifyColumn m -> {
        out.add("MODIFY COLUMN ").add(ifExists(m.ifExists()));
        Schemas.column(out, m.column());
        position(out, m.position());
      }
      case AlterCommand.RemoveColumnProperty r ->
          column(out, r.ifExists(), r.column()).add(" REMOVE ").add(r.property());
      case AlterCommand.ModifyColumnSetting m -> {
        column(out, m.ifExists(), m.column()).add(" MODIFY SETTING ");
        Settings.print(out, m.settings());
      }
      case AlterCommand.ResetColumnSetting r ->
          Queries.names(column(out, r.ifExists(), r.column()).add(" RESET SETTING "), r.settings());
      case AlterCommand.AddEnumValues a -> enumValues(out, a);
      case AlterCommand.RenameColumn r -> {
        out.add("RENAME COLUMN ").add(ifExists(r.ifExists()));
        path(out, r.from());
        path(out.add(" TO "), r.to());
      }
      case AlterCommand.CommentColumn c -> {
        out.add("COMMENT COLUMN ").add(ifExists(c.ifExists()));
        path(out, c.column());
        out.add(' ').string(c.comment());
      }
      case AlterCommand.MaterializeColumn m -> {
        path(out.add("MATERIALIZE COLUMN "), m.column());
        Alters.inPartition(out, m.partition());
      }
      case AlterCommand.ModifyComment m -> out.add("MODIFY COMMENT ").string(m.comment());
      case AlterCommand.ModifyOrderBy m ->
          Expressions.print(out.add("MODIFY ORDER BY "), m.orderBy());
      case AlterCommand.ModifySampleBy m ->
          Expressions.print(out.add("MODIFY SAMPLE BY "), m.sampleBy());
      case AlterCommand.RemoveSampleBy _ -> out.add("REMOVE SAMPLE BY");
      case AlterCommand.ModifyTtl m -> Storages.ttl(out.add("MODIFY TTL "), m.ttl());
      case AlterCommand.RemoveTtl _ -> out.add("REMOVE TTL");
      case AlterCommand.MaterializeTtl m -> {
        out.add("MATERIALIZE TTL");
        Alters.inPartition(out, m.partition());
      }
      case AlterCommand.ModifySetting m -> Settings.print(out.add("MODIFY SETTING "), m.settings());
      case AlterCommand.ResetSetting r -> Queries.names(out.add("RESET SETTING "), r.settings());
      case AlterCommand.ModifyQuery m -> {
        out.add("MODIFY QUERY").line();
        Queries.print(out, m.query());
      }
      case AlterCommand.ModifyRefresh m -> {
        out.add("MODIFY").lineFromStart().add("REFRESH ");
        Views.refresh(out, m.refresh());
      }
      case AlterCommand.ModifySqlSecurity m ->
          Views.securityWords(out.add("MODIFY "), m.security());
      case AlterCommand.AddIndex a -> {
        out.add(a.hypothetical() ? "ADD HYPOTHETICAL INDEX " : "ADD INDEX ");
        out.add(a.ifNotExists() ? IF_NOT_EXISTS : "");
        Schemas.index(out, a.index());
        position(out, a.position());
      }
      case AlterCommand.DropIndex d ->
          drop(out, d.clear(), "INDEX ", d.ifExists(), d.index(), d.partition());
      case AlterCommand.MaterializeIndex m -> {
        out.add("MATERIALIZE INDEX ").name(m.index());
        Alters.inPartition(out, m.partition());
      }
      case AlterCommand.AddConstraint a -> {
        out.add("ADD CONSTRAINT ").add(a.ifNotExists() ? IF_NOT_EXISTS : "");
        Schemas.constraint(out, a.constraint());
      }
      case AlterCommand.DropConstraint d ->
          drop(out, false, "CONSTRAINT ", d.ifExists(), d.constraint(), null);
      case AlterCommand.ModifyConstraint m -> {
        out.add("MODIFY CONSTRAINT ").add(ifExists(m.ifExists()));
        Schemas.constraint(out, m.constraint());
      }
      case AlterCommand.AddProjection a -> {
        out.add("ADD PROJECTION ").add(a.ifNotExists() ? IF_NOT_EXISTS : "");
        Schemas.projection(out, a.projection());
        position(out, a.position());
      }
      case AlterCommand.DropProjection d ->
          drop(out, d.clear(), "PROJECTION ", d.ifExists(), d.projection(), d.partition());
      case AlterCommand.MaterializeProjection m -> {
        out.add("MATERIALIZE PROJECTION ").name(m.projection());
        Alters.inPartition(out, m.partition());
      }
      case AlterCommand.SetStatistics s -> statistics(out, s);
      case AlterCommand.DropStatistics d -> {
        out.add(d.verb()).add(" STATISTICS ").add(ifExists(d.ifExists()));
        if (d.columns().isEmpty()) {
          out.add("ALL");
        } else {
          Queries.names(out, d.columns());
        }
        Alters.inPartition(out, d.partition());
      }
      case AlterCommand.PartCommand p -> {
        out.add(p.action().sql()).add(p.part() ? " PART " : " PARTITION ");
        Alters.partition(out, p.partition());
      }
      case AlterCommand.CopyPartition c -> {
        out.add(c.replace() ? "REPLACE PARTITION " : "ATTACH PARTITION ");
        Alters.partition(out, c.partition());
        Expressions.identifier(out.add(" FROM "), c.from());
      }
      case AlterCommand.MovePartition m -> {
        out.add(m.part() ? "MOVE PART " : "MOVE PARTITION ");
        Alters.partition(out, m.partition());
        out.add(" TO ").add(m.target().name()).add(' ').string(m.name());
      }
      case AlterCommand.MovePartitionToTable m -> {
        Alters.partition(out.add("MOVE PARTITION "), m.partition());
        Expressions.identifier(out.add(" TO TABLE "), m.table());
      }
      case AlterCommand.FetchPartition f -> {
        out.add(f.part() ? "FETCH PART " : "FETCH PARTITION ");
        Alters.partition(out, f.partition());
        out.add(" FROM ").string(f.from());
      }
      case AlterCommand.Freeze f -> freeze(out, f);
      case AlterCommand.UnlockSnapshot u -> {
        out.add("UNLOCK SNAPSHOT ").string(u.name());
        if (u.from() != null) {
          Expressions.print(out.add(" FROM "), u.from());
        }
      }
      case AlterCommand.Delete d -> {
        out.add("DELETE");
        Alters.inPartition(out, d.partition());
        Expressions.print(out.add(" WHERE "), d.where());
      }
      case AlterCommand.Update u -> {
        out.add(out.oneLine() ? "UPDATE  " : "UPDATE ");
        Storages.assignments(out, u.assignments());
        Alters.inPartition(out, u.partition());
        Expressions.print(out.add(" WHERE "), u.where());
      }
      case AlterCommand.RewriteParts r -> {
        out.add(r.words());
        Alters.inPartition(out, r.partition());
      }
      case AlterCommand.Execute e -> {
        out.add("EXECUTE ").name(e.command().name()).add('(');
        out.add(out.oneLine() && !e.command().arguments().isEmpty() ? " " : "");
        Expressions.list(out, e.command().arguments());
        out.add(')');
      }
    }
  }

  private static String ifExists(boolean ifExists) {
    return ifExists ? IF_EXISTS : "";
  }

  private static Out column(Out out, boolean ifExists, String name) {
    return out.add("MODIFY COLUMN ").add(ifExists(ifExists)).quoted(name);
  }

  /** The name of a column that may have parts. */
  private static void path(Out out, String name) {
    String[] parts = name.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      out.add(i > 0 ? "." : "").name(parts[i]);
    }
  }

  private static void position(Out out, AlterCommand.@Nullable Position position) {
    switch (position) {
      case AlterCommand.First _ -> out.add(" FIRST ");
      case AlterCommand.After a -> path(out.add(" AFTER "), a.column());
      case null -> {}
    }
  }

  private static void drop(
      Out out,
      boolean clear,
      String what,
      boolean ifExists,
      String name,
      @Nullable Partition partition) {
    out.add(clear ? "CLEAR " : "DROP ").add(what).add(ifExists(ifExists)).name(name);
    Alters.inPartition(out, partition);
  }

  private static void enumValues(Out out, AlterCommand.AddEnumValues a) {
    column(out, a.ifExists(), a.column()).add(" ADD ENUM VALUES (");
    boolean first = true;
    for (TypeArgument value : a.values()) {
      out.add(first ? "" : ", ");
      first = false;
      Types.print(out, value);
    }
    out.add(')');
  }

  private static void statistics(Out out, AlterCommand.SetStatistics s) {
    out.add(s.modify() ? "MODIFY STATISTICS " : "ADD STATISTICS ");
    out.add(s.ifNotExists() ? IF_NOT_EXISTS : "");
    Queries.names(out, s.columns());
    out.add(" TYPE ");
    boolean first = true;
    for (FunctionCall type : s.types()) {
      out.add(first ? "" : ", ");
      first = false;
      Expressions.print(out, type);
    }
  }

  private static void freeze(Out out, AlterCommand.Freeze f) {
    out.add(f.unfreeze() ? "UNFREEZE" : "FREEZE");
    if (f.partition() != null) {
      Alters.partition(out.add(" PARTITION "), f.partition());
    }
    if (f.name() != null) {
      out.add(" WITH NAME ").string(f.name());
    }
  }
}
