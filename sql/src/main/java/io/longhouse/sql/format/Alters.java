package io.longhouse.sql.format;

import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterDatabase;
import io.longhouse.sql.ast.AlterNamedCollection;
import io.longhouse.sql.ast.AlterStatement;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Partition;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.UpdateRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of ALTER, of DELETE and UPDATE, and of RENAME. */
final class Alters {
  private Alters() {}

  static void print(Out out, AlterStatement statement) {
    switch (statement) {
      case AlterTable t -> {
        out.add("ALTER TABLE ");
        Expressions.identifier(out, t.table());
        Statements.cluster(out, t.cluster());
        commands(out, t.commands());
      }
      case AlterDatabase d -> {
        out.add("ALTER DATABASE ");
        Expressions.identifier(out, d.database());
        Statements.cluster(out, d.cluster());
        commands(out, d.commands());
      }
      case AlterNamedCollection c -> namedCollection(out, c);
      case DeleteRows d -> {
        out.add("DELETE FROM ");
        Expressions.identifier(out, d.table());
        Statements.cluster(out, d.cluster());
        inPartition(out, d.partition());
        out.add(" WHERE ");
        Expressions.print(out, d.where());
      }
      case UpdateRows u -> {
        out.add("UPDATE ");
        Expressions.identifier(out, u.table());
        Statements.cluster(out, u.cluster());
        out.add(" SET ");
        Storages.assignments(out, u.assignments());
        inPartition(out, u.partition());
        out.add(" WHERE ");
        Expressions.print(out, u.where());
      }
      case Rename r -> rename(out, r);
    }
  }

  static void commands(Out out, List<AlterCommand> commands) {
    out.indent();
    for (int i = 0; i < commands.size(); i++) {
      out.add(i > 0 ? "," : "").line().add(out.hasBareCommands() ? "" : "(");
      AlterCommands.print(out, commands.get(i));
      out.add(out.hasBareCommands() ? "" : ")");
    }
    out.outdent();
  }

  static void partition(Out out, Partition partition) {
    switch (partition) {
      case Partition.All _ -> out.add("ALL");
      case Partition.Id i -> {
        out.add("ID ");
        Expressions.print(out, i.id());
      }
      case Partition.Value v -> Expressions.print(out, v.value());
    }
  }

  static void inPartition(Out out, @Nullable Partition partition) {
    if (partition != null) {
      out.add(" IN PARTITION ");
      partition(out, partition);
    }
  }

  private static void namedCollection(Out out, AlterNamedCollection c) {
    out.add("ALTER NAMED COLLECTION ").add(c.ifExists() ? "IF EXISTS " : "").name(c.name());
    Statements.cluster(out, c.cluster());
    if (!c.set().isEmpty()) {
      out.add(" SET ");
      Creates.entries(out, c.set());
    }
    if (!c.delete().isEmpty()) {
      Queries.names(out.add(" DELETE "), c.delete());
    }
  }

  private static void rename(Out out, Rename r) {
    String what =
        switch (r.kind()) {
          case TABLE -> r.exchange() ? "TABLES" : "TABLE";
          case DICTIONARY -> r.exchange() ? "DICTIONARIES" : "DICTIONARY";
          case DATABASE -> "DATABASE";
        };
    out.add(r.exchange() ? "EXCHANGE " : "RENAME ").add(what);
    out.add(r.ifExists() ? " IF EXISTS " : " ");
    for (int i = 0; i < r.pairs().size(); i++) {
      out.add(i > 0 ? ", " : "");
      Expressions.identifier(out, r.pairs().get(i).from());
      out.add(r.exchange() ? " AND " : " TO ");
      Expressions.identifier(out, r.pairs().get(i).to());
    }
    Statements.cluster(out, r.cluster());
  }
}
