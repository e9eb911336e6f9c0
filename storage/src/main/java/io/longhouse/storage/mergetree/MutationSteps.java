package io.longhouse.storage.mergetree;

import io.longhouse.column.Turns;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.Mutations.Mutation;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The work of a table's mutations: a step applies what waits for one part and puts a new part in
 * its place. A part is in one step or merge at a time.
 */
final class MutationSteps {
  private final MergeTreeData data;
  private final Mutations mutations;

  MutationSteps(MergeTreeData data, Mutations mutations) {
    this.data = data;
    this.mutations = mutations;
  }

  /**
   * What is applied to a part, over the columns that it is meant for.
   *
   * @param renames as {@link Mutations#renamesFor} says while it holds together with the columns
   */
  record Step(
      DataPart part,
      List<Mutation> mutations,
      MergeTreeMetadata columns,
      Map<String, String> renames) {

    /** Of all mutations, without those for other partitions. */
    private List<MutationCommand> commands() {
      List<MutationCommand> commands = new ArrayList<>();
      for (Mutation m : mutations) {
        List<MutationCommand> known = m.commands();
        if (known != null) {
          commands.addAll(known);
        }
      }
      commands.removeIf(
          c -> c.partitionId() != null && !c.partitionId().equals(part.name().partitionId()));
      return commands;
    }

    private PartName resultName() {
      return part.name().withMutation(mutations.getLast().version());
    }
  }

  /** Applies what waits for some part to that part; false if there is none. */
  boolean applyNext() {
    if (data.merges().isStopped()) {
      return false;
    }
    for (DataPart p : data.snapshot().parts()) {
      if (!mutations.waitingFor(p).isEmpty() && data.merges().reserve(List.of(p))) {
        try {
          Step step = mutations.stepFor(p);
          if (!step.mutations.isEmpty() && data.snapshot().find(p.name()) != null) {
            apply(step);
            return true;
          }
        } finally {
          data.merges().free(List.of(p));
        }
      }
    }
    return false;
  }

  /**
   * Makes of a part what it was decided elsewhere to become.
   *
   * @return the new part, or null if it was not wanted any more
   * @throws LonghouseException also when a mutation in between has no meaning here
   */
  @Nullable DataPart execute(DataPart part, PartName name) {
    Step step = mutations.stepTo(part, name);
    try {
      DataPart result = run(step, name, true);
      mutations.succeeded(part.name(), step.mutations);
      return result;
    } catch (RuntimeException e) {
      // What differs from the part of another replica is not the mutation's fault: that one is
      // taken.
      boolean cancelled =
          e instanceof LonghouseException l
              && (l.errorCode() == ErrorCode.ABORTED
                  || l.errorCode() == ErrorCode.CHECKSUM_DOESNT_MATCH);
      if (!cancelled && !step.mutations.isEmpty()) {
        mutations.failed(part.name(), step.mutations, e);
      }
      throw e;
    }
  }

  private void apply(Step step) {
    DataPart part = step.part;
    try {
      run(step, step.resultName(), false);
      mutations.succeeded(part.name(), step.mutations);
    } catch (RuntimeException | Error e) {
      boolean cancelled = e instanceof LonghouseException l && l.errorCode() == ErrorCode.ABORTED;
      if (!cancelled) {
        mutations.failed(part.name(), step.mutations, e);
      }
      if (e instanceof Error) {
        throw e;
      }
    }
  }

  private @Nullable DataPart run(Step step, PartName name, boolean takesTurn) {
    DataPart part = step.part;
    var progress =
        new MergeProgress(
            data.table(), name, List.of(part.name()), true, part.rows(), part.bytesOnDisk());
    String folder = data.temporaryFolder("mut", name.toString());
    part.retain();
    data.merges().register(progress);
    data.listener()
        .on(
            MergeTreeListener.Event.begun(
                MergeTreeListener.Kind.MUTATE_PART_START, progress, List.of(part)));
    Throwable failure = null;
    DataPart result = null;
    try {
      var mutator = new PartMutator(data, part, step.columns, step.renames, progress);
      List<MutationCommand> commands = step.commands();
      if (takesTurn) {
        Turns.take(() -> {
          mutator.apply(commands, folder);
          return true;
        });
      } else {
        mutator.apply(commands, folder);
      }
      // Killed meanwhile: then the part must not have it.
      progress.check();
      result = data.authority().commitResult(folder, name, List.of(part));
      if (result == null) {
        data.disk().remove(folder);
      } else if (result.rows() > 0) {
        data.keyCounts().putIfSameRows(result, part);
      }
      return result;
    } catch (RuntimeException | Error e) {
      failure = e;
      data.disk().remove(folder);
      throw e;
    } finally {
      part.release();
      data.merges().unregister(progress);
      data.listener()
          .on(
              MergeTreeListener.Event.ended(
                  MergeTreeListener.Kind.MUTATE_PART, progress, List.of(part), result, failure));
    }
  }
}
