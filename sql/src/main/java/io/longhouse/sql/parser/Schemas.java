package io.longhouse.sql.parser;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.ConstraintDeclaration;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.IndexDeclaration;
import io.longhouse.sql.ast.ProjectionDeclaration;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import io.longhouse.sql.ast.TypeName;
import io.longhouse.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the parentheses of CREATE TABLE. */
final class Schemas {
  private static final long VECTOR_GRANULARITY = 100_000_000L;

  private Schemas() {}

  /** The elements and the primary key that was found among them. */
  record Parsed(TableSchema schema, @Nullable Expression primaryKey) {
    /** The storage with this primary key. */
    @Nullable StorageClause withKey(@Nullable StorageClause storage) {
      if (primaryKey == null) {
        return storage;
      }
      if (storage == null) {
        return new StorageClause(null, null, primaryKey, null, null, null, List.of(), List.of());
      }
      if (storage.primaryKey() != null) {
        throw new SqlException(ErrorCode.BAD_ARGUMENTS, "Multiple primary keys are not allowed");
      }
      return new StorageClause(
          storage.engine(),
          storage.partitionBy(),
          primaryKey,
          storage.orderBy(),
          storage.sampleBy(),
          storage.uniqueKey(),
          storage.ttl(),
          storage.settings());
    }
  }

  static @Nullable Parsed tryParenthesized(Cursor c) {
    if (!c.accept(TokenKind.OPEN_ROUND)) {
      return null;
    }
    Parsed parsed = elements(c);
    c.expect(TokenKind.CLOSE_ROUND);
    return parsed;
  }

  static Parsed elements(Cursor c) {
    var columns = new ArrayList<ColumnDeclaration>();
    var indexes = new ArrayList<IndexDeclaration>();
    var constraints = new ArrayList<ConstraintDeclaration>();
    var projections = new ArrayList<ProjectionDeclaration>();
    var keyColumns = new ArrayList<Expression>();
    Expression primaryKey = null;
    do {
      if (c.kind() == TokenKind.CLOSE_ROUND && !columns.isEmpty()) {
        break;
      }
      if (isElement(c, "INDEX")) {
        indexes.add(index(c));
      } else if (isElement(c, "CONSTRAINT")) {
        constraints.add(constraint(c));
      } else if (isElement(c, "PROJECTION")) {
        projections.add(projection(c));
      } else if (c.at("FOREIGN KEY")) {
        foreignKey(c);
      } else if (c.accept("PRIMARY KEY")) {
        if (primaryKey != null) {
          throw c.fail("column declaration");
        }
        primaryKey = Expressions.parse(c);
      } else {
        columns.add(column(c, Names.identifier(c), true));
        if (c.accept("PRIMARY KEY")) {
          keyColumns.add(Identifier.of(columns.getLast().name()));
          columns.set(columns.size() - 1, withSettings(c, columns.getLast()));
        }
      }
    } while (c.accept(TokenKind.COMMA));
    if (!keyColumns.isEmpty()) {
      if (primaryKey != null) {
        throw new SqlException(ErrorCode.BAD_ARGUMENTS, "Multiple primary keys are not allowed");
      }
      primaryKey =
          keyColumns.size() == 1
              ? FunctionCall.call("tuple", keyColumns)
              : FunctionCall.operator("tuple", keyColumns);
    }
    return new Parsed(new TableSchema(columns, indexes, constraints, projections), primaryKey);
  }

  /** {@code INDEX name ...}, unless the word is the name of a column. */
  private static boolean isElement(Cursor c, String word) {
    if (!c.at(word) || c.kind(1) != TokenKind.WORD && c.kind(1) != TokenKind.QUOTED_IDENTIFIER) {
      return false;
    }
    if (word.equals("INDEX")) {
      return c.kind(2) != TokenKind.COMMA && c.kind(2) != TokenKind.CLOSE_ROUND;
    }
    return word.equals("PROJECTION")
        ? c.kind(2) == TokenKind.OPEN_ROUND || c.atAhead(2, "INDEX")
        : c.atAhead(2, "CHECK") || c.atAhead(2, "ASSUME");
  }

  // ---- Columns

  /**
   * @param typeNeeded whether a type, a default or the like has to follow the name
   */
  static ColumnDeclaration column(Cursor c, boolean typeNeeded) {
    return column(c, columnName(c), typeNeeded);
  }

  private static ColumnDeclaration column(Cursor c, String name, boolean typeNeeded) {
    TypeName type = null;
    if (!atProperty(c)) {
      type = Types.parse(c);
    }
    String collation = c.accept("COLLATE") ? Names.identifierOrString(c) : null;
    Boolean nullable = nullable(c);
    ColumnDeclaration.DefaultKind kind = defaultKind(c);
    Expression value = kind == null ? null : defaultValue(c, kind);
    if (nullable == null) {
      nullable = nullable(c);
    }
    if (kind == null && type == null && typeNeeded) {
      throw c.fail("data type", "DEFAULT", "MATERIALIZED", "EPHEMERAL", "ALIAS", "AUTO_INCREMENT");
    }
    String comment = c.accept("COMMENT") ? Literals.string(c) : null;
    FunctionCall codec = c.at("CODEC") && c.kind(1) == TokenKind.OPEN_ROUND ? codec(c) : null;
    FunctionCall statistics = c.accept("STATISTICS") ? types(c, "STATISTICS") : null;
    Expression ttl = c.accept("TTL") ? Expressions.parse(c) : null;
    return withSettings(
        c,
        new ColumnDeclaration(
            name,
            type,
            nullable,
            kind,
            value,
            comment,
            codec,
            statistics,
            ttl,
            collation,
            List.of()));
  }

  private static ColumnDeclaration withSettings(Cursor c, ColumnDeclaration d) {
    if (!d.settings().isEmpty() || !c.at("SETTINGS") || c.kind(1) != TokenKind.OPEN_ROUND) {
      return d;
    }
    c.advance();
    c.advance();
    List<Setting> settings = Settings.list(c);
    c.expect(TokenKind.CLOSE_ROUND);
    return new ColumnDeclaration(
        d.name(),
        d.type(),
        d.nullable(),
        d.defaultKind(),
        d.defaultExpression(),
        d.comment(),
        d.codec(),
        d.statistics(),
        d.ttl(),
        d.collation(),
        settings);
  }

  /** A name that may have parts, as that of a Nested column. */
  static String columnName(Cursor c) {
    var name = new StringBuilder(Names.identifier(c));
    while (c.accept(TokenKind.DOT)) {
      name.append('.').append(Names.identifier(c));
    }
    return name.toString();
  }

  private static boolean atProperty(Cursor c) {
    return c.kind() != TokenKind.WORD && c.kind() != TokenKind.QUOTED_IDENTIFIER
        || c.at("DEFAULT")
        || c.at("MATERIALIZED")
        || c.at("EPHEMERAL")
        || c.at("ALIAS")
        || c.at("AUTO_INCREMENT")
        || c.at("NULL")
        || c.at("NOT")
        || c.at("COMMENT")
        || c.at("CODEC") && c.kind(1) == TokenKind.OPEN_ROUND
        || c.at("TTL")
        || c.at("STATISTICS")
        || c.at("SETTINGS")
        || c.at("PRIMARY KEY")
        || c.at("FIRST")
        || c.at("AFTER")
        || c.at("COLLATE");
  }

  private static @Nullable Boolean nullable(Cursor c) {
    if (c.accept("NOT NULL")) {
      return false;
    }
    return c.accept("NULL") ? true : null;
  }

  private static ColumnDeclaration.@Nullable DefaultKind defaultKind(Cursor c) {
    for (ColumnDeclaration.DefaultKind kind : ColumnDeclaration.DefaultKind.values()) {
      if (c.accept(kind.name())) {
        return kind;
      }
    }
    return null;
  }

  private static @Nullable Expression defaultValue(Cursor c, ColumnDeclaration.DefaultKind kind) {
    return switch (kind) {
      case DEFAULT, MATERIALIZED, ALIAS -> Expressions.operators(c, Operands.parse(c), 0);
      case AUTO_INCREMENT -> null;
      case EPHEMERAL -> {
        if (!isValue(c)) {
          yield null;
        }
        yield Expressions.parse(c);
      }
    };
  }

  private static boolean isValue(Cursor c) {
    return switch (c.kind()) {
      case COMMA, CLOSE_ROUND, END, SEMICOLON -> false;
      case WORD -> !atProperty(c) || c.at("NULL");
      default -> true;
    };
  }

  /** {@code CODEC(LZ4, Delta(8))}. */
  static FunctionCall codec(Cursor c) {
    c.expect("CODEC");
    return types(c, "CODEC");
  }

  private static FunctionCall types(Cursor c, String name) {
    c.expect(TokenKind.OPEN_ROUND);
    var types = new ArrayList<Expression>();
    do {
      types.add(Functions.optionalArguments(c));
    } while (c.accept(TokenKind.COMMA));
    c.expect(TokenKind.CLOSE_ROUND);
    return FunctionCall.call(name, types);
  }

  // ---- Indexes, constraints, projections

  private static IndexDeclaration index(Cursor c) {
    c.expect("INDEX");
    return indexBody(c, Names.identifier(c), true);
  }

  static IndexDeclaration indexBody(Cursor c, String name, boolean typeNeeded) {
    Expression expression = Expressions.parse(c);
    return indexTail(c, name, expression, typeNeeded);
  }

  static IndexDeclaration indexTail(
      Cursor c, String name, Expression expression, boolean typeNeeded) {
    FunctionCall type = null;
    if (c.accept("TYPE")) {
      type = Functions.optionalArguments(c);
    } else if (typeNeeded) {
      throw c.fail("TYPE");
    }
    long granularity = c.accept("GRANULARITY") ? Literals.unsigned(c) : granularity(type);
    return new IndexDeclaration(name, expression, type, granularity);
  }

  private static long granularity(@Nullable FunctionCall type) {
    if (type == null) {
      return 1;
    }
    return switch (type.name()) {
      case "vector_similarity", "text" -> VECTOR_GRANULARITY;
      default -> 1;
    };
  }

  private static ConstraintDeclaration constraint(Cursor c) {
    c.expect("CONSTRAINT");
    return constraintBody(c);
  }

  static ConstraintDeclaration constraintBody(Cursor c) {
    String name = Names.identifier(c);
    ConstraintDeclaration.Kind kind = ConstraintDeclaration.Kind.CHECK;
    if (c.accept("ASSUME")) {
      kind = ConstraintDeclaration.Kind.ASSUME;
    } else {
      c.expect("CHECK");
    }
    return new ConstraintDeclaration(name, kind, Expressions.operators(c, Operands.parse(c), 0));
  }

  private static ProjectionDeclaration projection(Cursor c) {
    c.expect("PROJECTION");
    return projectionBody(c);
  }

  static ProjectionDeclaration projectionBody(Cursor c) {
    String name = Names.identifier(c);
    ProjectionDeclaration.Body body;
    if (c.accept("INDEX")) {
      Expression expression = Expressions.parse(c);
      c.expect("TYPE");
      body = new ProjectionDeclaration.IndexBody(expression, Functions.optionalArguments(c));
    } else {
      c.expect(TokenKind.OPEN_ROUND);
      body = projectionSelect(c);
      c.expect(TokenKind.CLOSE_ROUND);
    }
    List<Setting> settings = List.of();
    if (c.accept("WITH SETTINGS")) {
      c.expect(TokenKind.OPEN_ROUND);
      settings = Settings.list(c);
      c.expect(TokenKind.CLOSE_ROUND);
    }
    return new ProjectionDeclaration(name, body, settings);
  }

  private static ProjectionDeclaration.SelectBody projectionSelect(Cursor c) {
    With with = Selects.with(c);
    c.expect("SELECT");
    boolean distinct = c.accept("DISTINCT");
    List<Expression> projection = Expressions.list(c, Expressions.Alias.BARE);
    Expression where = c.accept("WHERE") ? Expressions.parse(c) : null;
    List<Expression> groupBy = c.accept("GROUP BY") ? Expressions.list(c) : List.of();
    List<Expression> orderBy = List.of();
    if (c.accept("ORDER BY")) {
      orderBy = flatten(Expressions.list(c));
    }
    return new ProjectionDeclaration.SelectBody(
        with, distinct, projection, where, groupBy, orderBy);
  }

  private static List<Expression> flatten(List<Expression> keys) {
    return keys.size() == 1
            && keys.getFirst() instanceof FunctionCall f
            && f.isOperator()
            && f.name().equals("tuple")
        ? f.arguments()
        : keys;
  }

  private static void foreignKey(Cursor c) {
    c.expect("FOREIGN KEY");
    Expressions.parse(c);
    c.expect("REFERENCES");
    Names.table(c);
    Expressions.parse(c);
    while (c.accept("ON")) {
      if (!c.accept("DELETE")) {
        c.expect("UPDATE");
      }
      boolean action =
          c.accept("RESTRICT")
              || c.accept("CASCADE")
              || c.accept("SET NULL")
              || c.accept("NO ACTION")
              || c.accept("SET DEFAULT");
      if (!action) {
        throw c.fail("RESTRICT", "CASCADE", "SET NULL", "NO ACTION", "SET DEFAULT");
      }
    }
  }
}
