package io.longhouse.sql.format;

import io.longhouse.sql.ast.TypeArgument;
import io.longhouse.sql.ast.TypeName;

/** The text of type names. */
final class Types {
  private Types() {}

  static void print(Out out, TypeName type) {
    out.add(type.name());
    if (type.arguments() == null) {
      return;
    }
    out.add('(');
    // The elements of a tuple have lines of their own.
    boolean lines =
        !out.oneLine() && type.arguments().size() > 1 && type.name().equalsIgnoreCase("Tuple");
    if (lines) {
      out.indent();
    }
    boolean first = true;
    for (TypeArgument argument : type.arguments()) {
      if (!first) {
        out.add(lines ? "," : ", ");
      }
      first = false;
      if (lines) {
        out.line();
      }
      print(out, argument);
    }
    if (lines) {
      out.outdent();
    }
    out.add(')');
  }

  static void print(Out out, TypeArgument argument) {
    switch (argument) {
      case TypeArgument.Type t -> print(out, t.type());
      case TypeArgument.Element e -> {
        out.name(e.name()).add(' ');
        print(out, e.type());
      }
      case TypeArgument.Value v -> Literals.print(out, v.value());
      case TypeArgument.EnumValue e -> out.string(e.name()).add(" = ").add(e.value());
      case TypeArgument.Option o -> {
        out.name(o.name()).add(" = ");
        Literals.print(out, o.value());
      }
      case TypeArgument.Function f -> Expressions.print(out, f.call());
      case TypeArgument.SkipPath s -> {
        out.add("SKIP ");
        Expressions.print(out, s.path());
      }
      case TypeArgument.SkipRegexp s -> out.add("SKIP REGEXP ").string(s.pattern());
    }
  }
}
