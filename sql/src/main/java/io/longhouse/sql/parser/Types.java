package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.TypeArgument;
import io.longhouse.sql.ast.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of data types. */
final class Types {
  private Types() {}

  static TypeName parse(Cursor c) {
    c.enter();
    TypeName type = parseNested(c);
    c.leave();
    return type;
  }

  private static TypeName parseNested(Cursor c) {
    if (c.kind() == TokenKind.QUOTED_IDENTIFIER) {
      return withArguments(c, Names.identifier(c));
    }
    if (c.kind() != TokenKind.WORD) {
      throw c.fail("data type");
    }
    String name = c.tokenText();
    c.advance();
    String words = standardWords(c, name.toUpperCase(Locale.ROOT));
    TypeName type = withArguments(c, words == null ? name : words);
    if (words == null && isInteger(name)) {
      if (c.accept("SIGNED")) {
        return new TypeName(name.toUpperCase(Locale.ROOT) + " SIGNED", null);
      }
      if (c.accept("UNSIGNED")) {
        return new TypeName(name.toUpperCase(Locale.ROOT) + " UNSIGNED", null);
      }
      return TypeName.of(name); // the width of MySQL's INT(11) says nothing
    }
    return type;
  }

  private static boolean isInteger(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INT1", "INTEGER", "BIGINT" -> true;
      default -> false;
    };
  }

  /** Names of several words that other databases have; null when it is none of them. */
  private static @Nullable String standardWords(Cursor c, String first) {
    return switch (first) {
      case "DOUBLE" -> c.accept("PRECISION") ? "DOUBLE PRECISION" : null;
      case "CHAR", "CHARACTER" -> {
        if (c.accept("LARGE OBJECT")) {
          yield first + " LARGE OBJECT";
        }
        yield c.accept("VARYING") ? first + " VARYING" : null;
      }
      case "BINARY" -> {
        if (c.accept("LARGE OBJECT")) {
          yield "BINARY LARGE OBJECT";
        }
        yield c.accept("VARYING") ? "BINARY VARYING" : null;
      }
      case "NCHAR" -> {
        if (c.accept("LARGE OBJECT")) {
          yield "NCHAR LARGE OBJECT";
        }
        yield c.accept("VARYING") ? "NCHAR VARYING" : null;
      }
      case "NATIONAL" -> national(c);
      default -> null;
    };
  }

  private static @Nullable String national(Cursor c) {
    for (String word : List.of("CHARACTER", "CHAR")) {
      if (c.accept(word)) {
        if (c.accept("LARGE OBJECT")) {
          return "NATIONAL " + word + " LARGE OBJECT";
        }
        return c.accept("VARYING") ? "NATIONAL " + word + " VARYING" : "NATIONAL " + word;
      }
    }
    return null;
  }

  private static TypeName withArguments(Cursor c, String name) {
    if (!c.accept(TokenKind.OPEN_ROUND)) {
      return TypeName.of(name);
    }
    List<TypeArgument> arguments = new ArrayList<>();
    Shape shape = Shape.of(name);
    while (!c.accept(TokenKind.CLOSE_ROUND)) {
      if (!arguments.isEmpty()) {
        c.expect(TokenKind.COMMA);
        if (c.accept(TokenKind.CLOSE_ROUND)) {
          break;
        }
      }
      arguments.add(argument(c, shape, arguments));
    }
    return arguments.isEmpty() ? TypeName.of(name) : new TypeName(name, arguments);
  }

  /** What a type's arguments look like. */
  private enum Shape {
    PLAIN,
    ELEMENTS,
    ENUM,
    AGGREGATE,
    JSON;

    static Shape of(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "tuple", "nested" -> ELEMENTS;
        case "enum", "enum8", "enum16" -> ENUM;
        case "aggregatefunction", "simpleaggregatefunction" -> AGGREGATE;
        case "json" -> JSON;
        default -> PLAIN;
      };
    }
  }

  private static TypeArgument argument(Cursor c, Shape shape, List<TypeArgument> before) {
    return switch (shape) {
      case PLAIN -> plain(c);
      case ELEMENTS -> element(c);
      case ENUM -> enumValue(c);
      case AGGREGATE -> isFunctionNext(before) ? aggregate(c) : plain(c);
      case JSON -> json(c);
    };
  }

  /** The function of an aggregate state comes first, or behind the number of a version. */
  private static boolean isFunctionNext(List<TypeArgument> before) {
    return before.isEmpty()
        || before.size() == 1 && before.getFirst() instanceof TypeArgument.Value;
  }

  private static TypeArgument plain(Cursor c) {
    if (c.kind() == TokenKind.WORD && c.kind(1) == TokenKind.EQUALS) {
      return option(c);
    }
    Literal literal = c.kind() == TokenKind.WORD ? null : Literals.tryParse(c);
    return literal == null ? new TypeArgument.Type(parse(c)) : new TypeArgument.Value(literal);
  }

  private static TypeArgument option(Cursor c) {
    String name = Names.identifier(c);
    c.expect(TokenKind.EQUALS);
    return new TypeArgument.Option(name, Literals.parse(c));
  }

  private static TypeArgument element(Cursor c) {
    TypeArgument named =
        c.attempt(at -> {
          String name = Names.identifier(at);
          if (at.kind() != TokenKind.WORD && at.kind() != TokenKind.QUOTED_IDENTIFIER) {
            return null;
          }
          return new TypeArgument.Element(name, parse(at));
        });
    return named == null ? plain(c) : named;
  }

  private static TypeArgument enumValue(Cursor c) {
    if (!Literals.atString(c)) {
      throw c.fail("string literal");
    }
    String name = Literals.string(c);
    if (!c.accept(TokenKind.EQUALS)) {
      return new TypeArgument.Value(Literal.of(name));
    }
    NumberLiteral value = Literals.number(c);
    if (!value.isInteger()) {
      throw c.fail("integer");
    }
    return new TypeArgument.EnumValue(name, value.bits());
  }

  private static TypeArgument aggregate(Cursor c) {
    if (c.kind() == TokenKind.WORD && c.kind(1) == TokenKind.OPEN_ROUND) {
      TypeArgument function =
          c.attempt(at -> {
            String name = Names.identifier(at);
            at.expect(TokenKind.OPEN_ROUND);
            List<Expression> parameters = new ArrayList<>();
            do {
              parameters.add(parameter(at));
            } while (at.accept(TokenKind.COMMA));
            at.expect(TokenKind.CLOSE_ROUND);
            return new TypeArgument.Function(FunctionCall.call(name, parameters));
          });
      if (function != null) {
        return function;
      }
    }
    return plain(c);
  }

  private static Expression parameter(Cursor c) {
    Expression literal = c.kind() == TokenKind.WORD ? null : Literals.tryParse(c);
    return literal == null ? Expressions.parse(c) : literal;
  }

  private static TypeArgument json(Cursor c) {
    if (c.accept("SKIP REGEXP")) {
      return new TypeArgument.SkipRegexp(Literals.string(c));
    }
    if (c.accept("SKIP")) {
      Identifier path = Names.tryCompound(c);
      if (path == null) {
        throw c.fail("identifier");
      }
      return new TypeArgument.SkipPath(path);
    }
    if (c.kind() == TokenKind.WORD && c.kind(1) == TokenKind.EQUALS) {
      return option(c);
    }
    return new TypeArgument.Element(path(c), parse(c));
  }

  private static String path(Cursor c) {
    var path = new StringBuilder(Names.identifier(c));
    while (c.accept(TokenKind.DOT)) {
      path.append('.').append(Names.identifier(c));
    }
    return path.toString();
  }
}
