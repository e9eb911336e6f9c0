package io.longhouse.engine.system;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.storage.mergetree.MutationFailure;
import io.longhouse.storage.mergetree.Mutations;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;

/** {@code system.mutations}: those that wait or fail, and the last ones that are done. */
@Register(kind = SystemTable.class, name = "mutations", doc = "ALTERs that change rows.")
final class MutationsTable extends SystemTable<MutationsTable.Row> {
  /**
   * A mutation of a table.
   *
   * @param toDo the parts that it is still to be applied to
   * @param narrowed for its author, from whom row policies hide rows: nothing is told of parts
   */
  record Row(
      MergeTreeTable table, Mutations.Mutation mutation, List<PartName> toDo, boolean narrowed) {
    private Mutations all() {
      return table.data().mutations();
    }

    String id() {
      return narrowed ? all().idForAuthor(mutation) : mutation.id();
    }

    List<PartName> inProgress() {
      return narrowed ? List.of() : all().partsInProgress(mutation);
    }

    List<PartName> toDoNames() {
      return narrowed ? List.of() : toDo;
    }

    List<String> partitions() {
      Mutations.Agreed agreed = mutation.agreed();
      return agreed == null || narrowed
          ? List.of("")
          : agreed.blocks().keySet().stream().sorted().toList();
    }

    List<Long> blocks() {
      return narrowed ? List.of(0L) : partitions().stream().map(mutation::versionIn).toList();
    }

    int toDoCount() {
      return narrowed ? Math.min(1, toDo.size()) : toDo.size();
    }
  }

  MutationsTable() {
    super("mutations", failure(state(new SystemColumns<>())));
  }

  private static SystemColumns<Row> state(SystemColumns<Row> columns) {
    return columns
        .text("database", r -> r.table.id().database())
        .text("table", r -> r.table.id().name())
        .text("mutation_id", Row::id)
        .text("command", r -> r.mutation.text())
        .add("create_time", "DateTime", r -> r.mutation.created())
        .add("block_numbers.partition_id", "Array(String)", Row::partitions)
        .add("block_numbers.number", "Array(Int64)", Row::blocks)
        .add("parts_in_progress_names", "Array(String)", Row::inProgress)
        .add("parts_to_do_names", "Array(String)", Row::toDoNames)
        .add("parts_to_do", "Int64", Row::toDoCount)
        .empty("parts_postpone_reasons", "Map(String, String)")
        .flag("is_done", r -> r.all().isDone(r.mutation))
        .flag("is_killed", _ -> false);
  }

  private static SystemColumns<Row> failure(SystemColumns<Row> columns) {
    return columns
        .text(
            "latest_failed_part",
            r -> r.mutation.failure() instanceof MutationFailure f ? f.part() : null)
        .add(
            "latest_fail_time",
            "DateTime",
            r -> r.mutation.failure() instanceof MutationFailure f ? f.when() : null)
        .text(
            "latest_fail_reason",
            r -> r.mutation.failure() instanceof MutationFailure f ? f.error() : null)
        .text(
            "latest_fail_error_code_name",
            r -> r.mutation.failure() instanceof MutationFailure f ? f.codeName() : null);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    List<Row> rows = new ArrayList<>();
    SessionAccess access = context.require(SessionAccess.class);
    for (TableRows t : TableRows.open(TableRows.all(context, names), context)) {
      if (t.table() instanceof MergeTreeTable m) {
        boolean narrowed = TableRows.isNarrowed(m, access, context) || t.isMasked(access);
        Mutations mutations = m.data().mutations();
        for (Mutations.Mutation x : mutations.all()) {
          if (!narrowed || access.userName().equals(x.author())) {
            rows.add(new Row(m, x, mutations.partsToDo(x.version()), narrowed));
          }
        }
      }
    }
    return rows;
  }
}
