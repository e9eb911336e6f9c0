package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a data type.
 *
 * @param arguments null when it was written without parentheses
 */
public record TypeName(String name, @Nullable List<TypeArgument> arguments) implements Node {
  public TypeName {
    arguments = arguments == null ? null : List.copyOf(arguments);
  }

  public static TypeName of(String name) {
    return new TypeName(name, null);
  }

  /** The arguments, none when there are no parentheses. */
  public List<TypeArgument> args() {
    return arguments == null ? List.of() : arguments;
  }
}
