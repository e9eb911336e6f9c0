package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Partition;
import java.util.List;

/** The commands of ALTER TABLE that remove something or handle partitions. */
final class AlterParts {
  private AlterParts() {}

  /** DROP, CLEAR, DETACH, ATTACH and FORGET. */
  static AlterCommand remove(Cursor c) {
    for (AlterCommand.PartAction action :
        List.of(
            AlterCommand.PartAction.DROP_DETACHED,
            AlterCommand.PartAction.DROP,
            AlterCommand.PartAction.DETACH,
            AlterCommand.PartAction.ATTACH,
            AlterCommand.PartAction.FORGET)) {
      if (c.accept(action.sql() + " PARTITION")) {
        Partition partition = Partitions.parse(c);
        if (action == AlterCommand.PartAction.ATTACH && c.accept("FROM")) {
          return new AlterCommand.CopyPartition(false, partition, Names.table(c));
        }
        return new AlterCommand.PartCommand(action, false, partition);
      }
      if (action != AlterCommand.PartAction.FORGET && c.accept(action.sql() + " PART")) {
        return new AlterCommand.PartCommand(action, true, part(c));
      }
    }
    boolean clear = c.accept("CLEAR");
    if (!clear) {
      c.expect("DROP");
    }
    return dropped(c, clear);
  }

  private static Partition part(Cursor c) {
    return new Partition.Value(
        c.kind() == TokenKind.OPEN_CURLY ? Names.parameter(c) : Literal.of(Literals.string(c)));
  }

  private static AlterCommand dropped(Cursor c, boolean clear) {
    if (c.accept("COLUMN")) {
      boolean ifExists = c.accept("IF EXISTS");
      String name = Schemas.columnName(c);
      return new AlterCommand.DropColumn(clear, ifExists, name, clear ? Partitions.tryIn(c) : null);
    }
    if (c.accept("INDEX")) {
      boolean ifExists = c.accept("IF EXISTS");
      String name = Names.identifier(c);
      return new AlterCommand.DropIndex(clear, ifExists, name, clear ? Partitions.tryIn(c) : null);
    }
    if (c.accept("PROJECTION")) {
      boolean ifExists = c.accept("IF EXISTS");
      String name = Names.identifier(c);
      return new AlterCommand.DropProjection(
          clear, ifExists, name, clear ? Partitions.tryIn(c) : null);
    }
    if (c.accept("STATISTICS")) {
      return statistics(c, clear ? "CLEAR" : "DROP");
    }
    c.expect("CONSTRAINT");
    boolean ifExists = c.accept("IF EXISTS");
    return new AlterCommand.DropConstraint(ifExists, Names.identifier(c));
  }

  static AlterCommand statistics(Cursor c, String verb) {
    boolean ifExists = c.accept("IF EXISTS");
    List<String> columns = c.accept("ALL") ? List.of() : Names.identifiers(c);
    return new AlterCommand.DropStatistics(verb, ifExists, columns, Partitions.tryIn(c));
  }

  /** MOVE, REPLACE, FETCH, FREEZE, UNFREEZE and UNLOCK. */
  static AlterCommand other(Cursor c) {
    if (c.accept("MOVE")) {
      return move(c);
    }
    if (c.accept("REPLACE PARTITION")) {
      Partition partition = Partitions.parse(c);
      c.expect("FROM");
      return new AlterCommand.CopyPartition(true, partition, Names.table(c));
    }
    if (c.accept("FETCH")) {
      boolean part = c.accept("PART");
      if (!part) {
        c.expect("PARTITION");
      }
      Partition partition = part ? part(c) : Partitions.parse(c);
      c.expect("FROM");
      return new AlterCommand.FetchPartition(part, partition, Literals.string(c));
    }
    if (c.at("FREEZE") || c.at("UNFREEZE")) {
      boolean unfreeze = c.accept("UNFREEZE");
      if (!unfreeze) {
        c.expect("FREEZE");
      }
      Partition partition = c.accept("PARTITION") ? Partitions.parse(c) : null;
      String name = c.accept("WITH NAME") ? Literals.string(c) : null;
      return new AlterCommand.Freeze(unfreeze, partition, name);
    }
    if (c.accept("UNLOCK SNAPSHOT")) {
      String name = Literals.string(c);
      FunctionCall from = c.accept("FROM") ? Functions.plain(c) : null;
      return new AlterCommand.UnlockSnapshot(name, from);
    }
    throw c.fail(
        "ADD COLUMN",
        "DROP COLUMN",
        "MODIFY COLUMN",
        "CLEAR COLUMN",
        "RENAME COLUMN",
        "COMMENT COLUMN",
        "DELETE",
        "UPDATE",
        "ATTACH PARTITION",
        "DETACH PARTITION",
        "MOVE PARTITION",
        "FREEZE");
  }

  private static AlterCommand move(Cursor c) {
    boolean part = c.accept("PART");
    if (!part) {
      c.expect("PARTITION");
    }
    Partition partition = part ? part(c) : Partitions.parse(c);
    if (c.accept("TO TABLE")) {
      return new AlterCommand.MovePartitionToTable(partition, Names.table(c));
    }
    for (AlterCommand.MoveTarget target : AlterCommand.MoveTarget.values()) {
      if (c.accept("TO " + target.name())) {
        return new AlterCommand.MovePartition(part, partition, target, Literals.string(c));
      }
    }
    throw c.fail("TO DISK", "TO VOLUME", "TO TABLE", "TO SHARD");
  }
}
