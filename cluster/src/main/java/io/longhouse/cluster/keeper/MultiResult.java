package io.longhouse.cluster.keeper;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of changes that are made together.
 *
 * @param ops what was asked for
 * @param created by change, the path of the node that it made; empty for other changes, and for all
 *     when nothing was changed
 * @param failedAt the change because of which nothing was changed; -1 for none
 * @param reason why; null for success
 */
public record MultiResult(
    List<Op> ops, List<String> created, int failedAt, @Nullable Reason reason) {
  public MultiResult {
    ops = List.copyOf(ops);
    created = List.copyOf(created);
  }

  static MultiResult done(List<Op> ops, List<String> created) {
    return new MultiResult(ops, created, -1, null);
  }

  static MultiResult failed(List<Op> ops, int at, Reason reason) {
    return new MultiResult(ops, ops.stream().map(_ -> "").toList(), at, reason);
  }

  public boolean isDone() {
    return reason == null;
  }

  /** Whether that change is the one that failed, and for that reason. */
  public boolean failed(int at, Reason why) {
    return failedAt == at && reason == why;
  }

  /** The path of the node that the change made, with its number if it has one. */
  public String created(int at) {
    return created.get(at);
  }

  /**
   * @throws KeeperError when nothing was changed
   */
  public MultiResult orThrow() {
    Reason why = reason;
    if (why != null) {
      throw new KeeperError(
          why,
          why.text()
              + ", path "
              + ops.get(failedAt).path()
              + " (change "
              + (failedAt + 1)
              + " of "
              + ops.size()
              + ")");
    }
    return this;
  }
}
