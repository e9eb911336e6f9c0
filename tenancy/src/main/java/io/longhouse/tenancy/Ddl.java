package io.longhouse.tenancy;

import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.ConstraintDeclaration;
import io.longhouse.sql.ast.CreateDatabase;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.StorageClause;
import java.util.List;

/** The statements that make and remove a tenant's own tables. */
final class Ddl {
  /** What a member may do with a table. */
  private static final List<String> PRIVILEGES =
      List.of("SELECT", "INSERT", "ALTER UPDATE", "ALTER DELETE");

  private static final String CONSTRAINT = "tenant";

  private Ddl() {}

  private static CreateHead head(Identifier name) {
    return new CreateHead(CreateHead.Verb.CREATE, false, false, name, null, null);
  }

  static Statement createDatabase(String name) {
    return new CreateDatabase(head(Identifier.of(name)), null, List.of(), null);
  }

  static Statement dropDatabase(String name) {
    return drop(Drop.Kind.DATABASE, Identifier.of(name));
  }

  static Statement dropTable(Identifier name) {
    return drop(Drop.Kind.TABLE, name);
  }

  private static Statement drop(Drop.Kind kind, Identifier name) {
    return new Drop(Drop.Action.DROP, kind, false, true, false, List.of(name), null, false, true);
  }

  /**
   * A table like the space's, whose key has the tenant's id when a row is written without one and
   * takes no other: the same rows could as well be in the shared table.
   */
  static List<Statement> ownTable(Identifier name, TenantSpace.Table like, Literal id) {
    var column =
        new ColumnDeclaration(
            like.key(),
            null,
            null,
            ColumnDeclaration.DefaultKind.DEFAULT,
            id,
            null,
            null,
            null,
            null,
            null,
            List.of());
    var check = FunctionCall.operator("equals", Identifier.of(like.key()), id);
    return List.of(
        new CreateTable(
            head(name),
            null,
            null,
            new CreateTable.Like(like.identifier()),
            false,
            null,
            null,
            null),
        new AlterTable(
            name,
            null,
            List.of(
                new AlterCommand.ModifyColumn(false, column, null),
                new AlterCommand.AddConstraint(
                    false,
                    new ConstraintDeclaration(
                        CONSTRAINT, ConstraintDeclaration.Kind.CHECK, check)))));
  }

  static Statement createAlias(Identifier name, Identifier of) {
    var engine =
        FunctionCall.call(
            "Alias", Identifier.of(of.parts().get(0)), Identifier.of(of.parts().get(1)));
    return new CreateTable(
        head(name),
        null,
        new StorageClause(engine, null, null, null, null, null, List.of(), List.of()),
        null,
        false,
        null,
        null,
        null);
  }

  static List<Grant.Privilege> privileges(Identifier table) {
    var on =
        new Grant.Target(table.parts().get(0), table.parts().get(1), false, false, false, null);
    return PRIVILEGES.stream().map(p -> new Grant.Privilege(p, List.of(), on)).toList();
  }
}
