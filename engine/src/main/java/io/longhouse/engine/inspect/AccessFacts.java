package io.longhouse.engine.inspect;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import java.util.List;

/** The roles of the session and the databases whose tables need no qualifier. */
@Register(
    kind = FunctionFactory.class,
    name = "currentRoles",
    category = "Other",
    doc = "The roles that the session has chosen.")
@Register(
    kind = FunctionFactory.class,
    name = "enabledRoles",
    category = "Other",
    doc = "The roles in force: the chosen ones and those granted to them.")
@Register(
    kind = FunctionFactory.class,
    name = "defaultRoles",
    category = "Other",
    doc = "The roles that the user has after login.")
@Register(
    kind = FunctionFactory.class,
    name = "currentSchemas",
    aliases = "current_schemas",
    caseInsensitive = true,
    category = "Other",
    doc = "The current database, as a list of one.")
final class AccessFacts implements FunctionFactory {
  private final String name;

  AccessFacts(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (name.equals("currentSchemas")) {
      Arguments.count(name, arguments, 1);
      return QueryConstant.of("Array(String)", List.of(context.currentDatabase()));
    }
    Arguments.count(name, arguments, 0);
    SessionAccess access = context.service(SessionAccess.class);
    return QueryConstant.of("Array(String)", access == null ? List.of() : roles(access));
  }

  private List<String> roles(SessionAccess access) {
    var user = access.user();
    return access.names(
        switch (name) {
          case "currentRoles" -> access.currentRoles();
          case "enabledRoles" -> access.enabledRoles();
          default ->
              user == null ? List.of() : SessionAccess.of(access.control(), user).currentRoles();
        });
  }
}
