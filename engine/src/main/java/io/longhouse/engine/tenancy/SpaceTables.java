package io.longhouse.engine.tenancy;

import io.longhouse.column.type.DataType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.View;
import io.longhouse.engine.table.combine.AliasTable;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateTenantSpace.SpaceTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.tenancy.TenantSpace;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be a table of a space, and what a tenant's id in it. */
final class SpaceTables {
  private static final Pattern INTEGER = Pattern.compile("(U?)Int(8|16|32|64|128|256)");
  private static final Pattern FIXED = Pattern.compile("FixedString\\((\\d+)\\)");

  private SpaceTables() {}

  /**
   * @throws LonghouseException UNKNOWN_TABLE (60), BAD_ARGUMENTS (36), NO_SUCH_COLUMN_IN_TABLE
   *     (16), TYPE_MISMATCH (53), ACCESS_DENIED (497)
   */
  static TenantSpace.Table checked(SpaceTable written, int number, StatementContext context) {
    Identifier name = written.table();
    String in = name.qualifier() == null ? context.session().database() : name.qualifier();
    Table table = context.tables().require(Identifier.of(in, name.last()));
    if (table instanceof View || table instanceof AliasTable) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          table.id() + " is a " + table.engine() + ", a tenant space consists of tables");
    }
    if (!(table.definition() instanceof CreateTable) || in.equals("system")) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, table.id() + " cannot be a table of a tenant space");
    }
    keyType(column(table, written.key()));
    mayGrant(context.query().require(SessionAccess.class), in, name.last());
    return new TenantSpace.Table(number, in, name.last(), written.key());
  }

  private static void mayGrant(SessionAccess access, String database, String table) {
    for (Privilege p :
        List.of(
            Privilege.SELECT, Privilege.INSERT, Privilege.ALTER_UPDATE, Privilege.ALTER_DELETE)) {
      access.checkGrantable(p, database, table);
    }
    access.check(Privilege.CREATE_ROW_POLICY, database, table);
  }

  private static ColumnDefinition column(Table table, String name) {
    for (ColumnDefinition c : table.columns()) {
      if (c.name().equals(name)) {
        if (!c.isInAsterisk()) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Column "
                  + Quoting.identifier(name)
                  + " of "
                  + table.id()
                  + " has a value of its"
                  + " own, it cannot be the key of tenants");
        }
        return c;
      }
    }
    throw new LonghouseException(
        ErrorCode.NO_SUCH_COLUMN_IN_TABLE,
        "There is no column " + Quoting.identifier(name) + " in table " + table.id());
  }

  /** The type's name without wrappings, of a type that can be a key. */
  private static String keyType(ColumnDefinition c) {
    DataType type = c.type();
    String name = type.name();
    while (name.startsWith("LowCardinality(") || name.startsWith("Nullable(")) {
      name = name.substring(name.indexOf('(') + 1, name.length() - 1);
    }
    boolean known =
        name.equals("String")
            || name.equals("UUID")
            || INTEGER.matcher(name).matches()
            || FIXED.matcher(name).matches();
    if (!known) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "Column "
              + Quoting.identifier(c.name())
              + " of type "
              + type.name()
              + " cannot be the key of tenants: keys are integers, strings and UUIDs");
    }
    return name;
  }

  // ---- Ids

  /**
   * The id in its normal form, which every key of the space can have.
   *
   * @throws LonghouseException TYPE_MISMATCH (53), UNKNOWN_TABLE (60)
   */
  static Literal id(Literal written, TenantSpace space, StatementContext context) {
    Literal id = written;
    for (TenantSpace.Table t : space.tables()) {
      ColumnDefinition c = column(context.tables().require(t.identifier()), t.key());
      id = id(id, keyType(c), t);
    }
    return id;
  }

  private static Literal id(Literal id, String type, TenantSpace.Table of) {
    Matcher integer = INTEGER.matcher(type);
    Matcher fixed = FIXED.matcher(type);
    switch (id) {
      case NumberLiteral n when integer.matches() -> {
        BigInteger v =
            n.kind() == NumberLiteral.Kind.UINT64
                ? new BigInteger(Long.toUnsignedString(n.bits()))
                : BigInteger.valueOf(n.bits());
        boolean unsigned = !integer.group(1).isEmpty();
        int bits = Integer.parseInt(integer.group(2)) - (unsigned ? 0 : 1);
        boolean fits = v.bitLength() <= bits && !(unsigned && v.signum() < 0);
        if (fits) {
          return n;
        }
      }
      case Literal.StringLiteral s when type.equals("String") -> {
        return s;
      }
      case Literal.StringLiteral s when type.equals("UUID") -> {
        try {
          return Literal.of(UUID.fromString(s.value()).toString());
        } catch (IllegalArgumentException e) {
          throw misfit(id, type, of, e);
        }
      }
      case Literal.StringLiteral s when fixed.matches() -> {
        int length = io.longhouse.sql.ByteText.encode(s.value()).length;
        if (length <= Integer.parseInt(fixed.group(1))) {
          return s;
        }
      }
      default -> {}
    }
    throw misfit(id, type, of, null);
  }

  private static LonghouseException misfit(
      Literal id, String type, TenantSpace.Table of, @Nullable Throwable cause) {
    String message =
        "The id "
            + io.longhouse.sql.format.Formatter.formatOneLine(id)
            + " of the tenant does not fit the key "
            + Quoting.identifier(of.key())
            + " "
            + type
            + " of "
            + Quoting.identifier(of.database())
            + "."
            + Quoting.identifier(of.name());
    return cause == null
        ? new LonghouseException(ErrorCode.TYPE_MISMATCH, message)
        : new LonghouseException(ErrorCode.TYPE_MISMATCH, message, cause);
  }

  // ---- Warnings

  /** What makes a shared table slow for its tenants; null when nothing does. */
  static @Nullable String warning(TenantSpace.Table table, StatementContext context) {
    Table t = context.catalog().find(table.database(), table.name());
    if (t == null || !(t.definition() instanceof CreateTable c)) {
      return "table " + table.database() + "." + table.name() + " does not exist";
    }
    StorageClause storage = c.storage();
    Expression key = storage == null ? null : storage.primaryKey();
    Expression sorting = key != null || storage == null ? key : storage.orderBy();
    if (sorting != null && first(sorting) instanceof Identifier i && i.name().equals(table.key())) {
      return null;
    }
    return "the key "
        + table.key()
        + " is not the first of the sorting key of "
        + table.database()
        + "."
        + table.name()
        + ": every query of a tenant in shared tables reads the rows of all";
  }

  private static Expression first(Expression key) {
    Expression bare = key.bare();
    return bare instanceof FunctionCall f && f.name().equals("tuple") && !f.arguments().isEmpty()
        ? f.arguments().getFirst().bare()
        : bare;
  }
}
