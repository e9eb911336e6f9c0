package io.longhouse.column.type;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.TypeArgument;
import io.longhouse.sql.ast.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a type's name, checked as they are taken. */
public final class TypeArguments {
  private final TypeName name;
  private final List<TypeArgument> args;

  private TypeArguments(TypeName name) {
    this.name = name;
    this.args = name.args();
  }

  public static TypeArguments of(TypeName name) {
    return new TypeArguments(name);
  }

  public int size() {
    return args.size();
  }

  /** These arguments, of which there must be {@code n}. */
  public TypeArguments count(int n) {
    if (args.size() != n) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          name.name() + " data type family must have " + n + " argument(s), found " + args.size());
    }
    return this;
  }

  /** Argument {@code i} as a number of that range. */
  public long number(int i, long min, long max) {
    if (args.get(i) instanceof TypeArgument.Value(NumberLiteral n) && n.isInteger()) {
      if (n.bits() < min || n.bits() > max) {
        throw new LonghouseException(
            ErrorCode.ARGUMENT_OUT_OF_BOUND,
            name.name() + " takes a number from " + min + " to " + max + ", found " + n.bits());
      }
      return n.bits();
    }
    throw wrong(i, "a number");
  }

  public String text(int i) {
    if (args.get(i) instanceof TypeArgument.Value(Literal.StringLiteral s)) {
      return s.value();
    }
    throw wrong(i, "a string");
  }

  public DataType type(int i) {
    return switch (args.get(i)) {
      case TypeArgument.Type t -> DataTypes.of(t.type());
      case TypeArgument.Element e -> DataTypes.of(e.type());
      default -> throw wrong(i, "a type");
    };
  }

  /** All arguments as types, named or not. */
  public List<DataType> types() {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      types.add(type(i));
    }
    return types;
  }

  /** The names before the types; none if they have none. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (TypeArgument a : args) {
      if (a instanceof TypeArgument.Element e) {
        names.add(e.name());
      }
    }
    if (!names.isEmpty() && names.size() != args.size()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Names are specified not for all elements of " + name.name() + " type");
    }
    return names;
  }

  /** Names and numbers of an enumeration; a name without a number follows the one before it. */
  public Map<String, Integer> enumValues() {
    Map<String, Integer> values = new LinkedHashMap<>();
    int next = 1;
    for (int i = 0; i < args.size(); i++) {
      String key;
      if (args.get(i) instanceof TypeArgument.EnumValue(String n, long v)) {
        key = n;
        if (v < Short.MIN_VALUE || v > Short.MAX_VALUE) {
          throw new LonghouseException(
              ErrorCode.ARGUMENT_OUT_OF_BOUND,
              "Value " + v + " for element '" + n + "' exceeds range of Enum16");
        }
        next = (int) v;
      } else {
        key = text(i);
      }
      if (values.containsKey(key) || values.containsValue(next)) {
        throw new LonghouseException(
            ErrorCode.SYNTAX_ERROR, "Duplicate names or values in enum: '" + key + "' = " + next);
      }
      values.put(key, next++);
    }
    if (values.isEmpty()) {
      throw new LonghouseException(ErrorCode.EMPTY_DATA_PASSED, "Enum data type cannot be empty");
    }
    return values;
  }

  private LonghouseException wrong(int i, String expected) {
    return new LonghouseException(
        ErrorCode.UNEXPECTED_AST_STRUCTURE,
        "Argument "
            + (i + 1)
            + " of "
            + name.name()
            + " must be "
            + expected
            + ", found "
            + args.get(i));
  }
}
