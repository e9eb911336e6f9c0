package io.longhouse.engine.system;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.ErrorCounts;
import io.longhouse.registry.Register;

/**
 * {@code system.errors}: how often each error happened, and the last one. Who may not SELECT from
 * it sees the errors of the own queries.
 */
@Register(kind = SystemTable.class, name = "errors", doc = "How often each error happened.")
final class ErrorsTable extends SystemTable<ErrorCounts.Count> {
  ErrorsTable() {
    super(
        "errors",
        new SystemColumns<ErrorCounts.Count>()
            .text("name", c -> c.code().name())
            .add("code", "Int32", c -> c.code().code())
            .number("value", ErrorCounts.Count::count)
            .add("last_error_time", "DateTime", ErrorCounts.Count::time)
            .text("last_error_message", ErrorCounts.Count::message)
            .empty("last_error_format_string", "String")
            .empty("last_error_trace", "Array(UInt64)")
            .flag("remote", _ -> false)
            .text("query_id", ErrorCounts.Count::queryId));
  }

  @Override
  protected Iterable<ErrorCounts.Count> rows(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    ErrorCounts counts = context.require(ErrorCounts.class);
    boolean all =
        access.isUnrestricted() || access.granted().isGranted(Privilege.SELECT, "system", "errors");
    return all ? counts.all() : counts.of(access.userName(), access.account());
  }
}
