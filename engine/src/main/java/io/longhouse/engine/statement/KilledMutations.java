package io.longhouse.engine.statement;

import io.longhouse.column.Block;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.Privileges;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.system.CellValues;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ast.Kill;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.Mutations;
import java.util.List;

/** {@code KILL MUTATION}: gives up the mutations of {@code system.mutations}. */
final class KilledMutations {
  private static final Header HEADER =
      new Header(
          List.of(
              new Header.Field("kill_status", StringType.TYPE),
              new Header.Field("database", StringType.TYPE),
              new Header.Field("table", StringType.TYPE),
              new Header.Field("mutation_id", StringType.TYPE),
              new Header.Field("command", StringType.TYPE)));

  private KilledMutations() {}

  static StatementResult run(Kill kill, StatementContext context) {
    Block named =
        KillRunner.named(
            "SELECT database, table, mutation_id, command FROM system.mutations WHERE 1",
            kill,
            context);
    List<ColumnBuilder> out = HEADER.newBuilders(named.rows());
    for (int i = 0; i < named.rows(); i++) {
      Privileges both = Privilege.ALTER_UPDATE.set().plus(Privilege.ALTER_DELETE.set());
      context
          .query()
          .require(SessionAccess.class)
          .check(both, cell(named, 0, i), cell(named, 1, i));
      String status =
          kill.mode() == Kill.Mode.TEST
              ? "unknown_status"
              : kill(cell(named, 0, i), cell(named, 1, i), cell(named, 2, i), context);
      CellValues.append(status, StringType.TYPE, out.getFirst());
      for (int c = 0; c < 4; c++) {
        CellValues.append(cell(named, c, i), StringType.TYPE, out.get(c + 1));
      }
    }
    int rows = named.rows();
    var block = new Block(out.stream().map(ColumnBuilder::build).toList(), rows);
    return new StatementResult.Rows(HEADER, rows == 0 ? List.of() : List.of(block));
  }

  private static String cell(Block block, int column, int row) {
    return ByteText.decode(((StringColumn) block.column(column).full().plain()).get(row));
  }

  private static String kill(String database, String table, String id, StatementContext context) {
    boolean known =
        context.catalog().find(database, table) instanceof MergeTreeTable m
            && kill(m.data(), id, context);
    return known ? "waiting" : "finished";
  }

  /** The rows of {@code system.mutations} have named it: it is one that the user sees. */
  private static boolean kill(MergeTreeData data, String id, StatementContext context) {
    Mutations mutations = data.mutations();
    String user = context.query().require(SessionAccess.class).userName();
    for (Mutations.Mutation m : mutations.all()) {
      boolean own = user.equals(m.author()) && mutations.idForAuthor(m).equals(id);
      if (own || m.id().equals(id)) {
        return data.authority().killMutation(m.version());
      }
    }
    return false;
  }
}
