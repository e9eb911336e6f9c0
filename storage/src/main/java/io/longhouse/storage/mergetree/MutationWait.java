package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.Mutations.Mutation;
import org.jspecify.annotations.Nullable;

/**
 * A statement's wait for its mutation, which it helps to apply meanwhile.
 *
 * @param check throws when the wait is to end
 */
record MutationWait(Mutations mutations, long version, Runnable check) {

  /**
   * How a mutation of an author stands.
   *
   * @param givenUp why it was given up
   * @param known whether it is there
   * @param before the first one up to it that fails
   */
  record Standing(@Nullable MutationFailure givenUp, boolean known, @Nullable Mutation before) {}

  void applyAll() {
    while (!mutations.partsToDo(version).isEmpty()) {
      if (!mutations.isKnown(version)) {
        throw new LonghouseException(
            ErrorCode.UNFINISHED, "Mutation mutation_" + version + ".txt was killed");
      }
      // One that an earlier one holds up would wait as long as that fails.
      Mutation m = mutations.firstFailed(version);
      MutationFailure f = m == null ? null : m.failure();
      if (m != null && f != null) {
        throw new LonghouseException(
            ErrorCode.UNFINISHED,
            "Exception happened during execution of mutation '"
                + m.id()
                + "' with part '"
                + f.part()
                + "' reason: '"
                + f.error()
                + "'. This error maybe retryable or not. In case of unretryable error, mutation can"
                + " be killed with KILL MUTATION query");
      }
      applyOrPause();
    }
  }

  /** Others' errors are not for the author. */
  void applyOfAuthor() {
    while (!mutations.partsToDo(version).isEmpty()) {
      Standing now = mutations.takeStanding(version);
      if (now.givenUp != null) {
        throw new LonghouseException(
            ErrorCode.UNFINISHED,
            "The mutation failed and was given up. Reason: " + now.givenUp.error());
      }
      if (!now.known) {
        throw new LonghouseException(ErrorCode.UNFINISHED, "The mutation was killed");
      }
      if (now.before != null) {
        mutations.kill(version);
        throw new LonghouseException(
            ErrorCode.UNFINISHED,
            "The mutation was given up, since an earlier one of the table fails");
      }
      applyOrPause();
    }
  }

  private void applyOrPause() {
    check.run();
    if (!mutations.mutateOnce()) {
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
      }
    }
  }
}
