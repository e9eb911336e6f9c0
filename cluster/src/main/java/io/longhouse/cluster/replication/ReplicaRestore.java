package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code SYSTEM RESTORE REPLICA}: Keeper has lost what it knew of the table. The first replica that
 * is restored makes it again of the parts on its disk; those after it take over what the first one
 * has, and keep their own parts in {@code detached/}.
 */
final class ReplicaRestore {
  private static final System.Logger LOG = System.getLogger(ReplicaRestore.class.getName());

  private final ReplicaCore core;
  private final ReplicationQueue queue;
  private final ReplicaLife life;

  ReplicaRestore(ReplicaCore core, ReplicationQueue queue, ReplicaLife life) {
    this.core = core;
    this.queue = queue;
    this.life = life;
  }

  void run(Runnable check) {
    Keeper keeper = core.keeper();
    if (core.sessionOrNull() != null && keeper.exists(core.path().own()) != null) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Replica must be readonly");
    }
    if (keeper.exists(core.path().own()) != null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Replica path is present at "
              + core.path().own()
              + " - nothing to restore. If you are sure that metadata is lost and that replica path"
              + " contains some garbage, then use SYSTEM DROP REPLICA query first.");
    }
    core.deactivated("it is being restored");
    boolean first = keeper.exists(core.path().of("replicas")) == null;
    List<String> names = new ArrayList<>();
    List<DataPart> parts = core.data().snapshot().parts();
    parts.forEach(p -> names.add(p.toString()));
    core.data().partitions().detach(parts);
    queue.reset();
    TableTexts texts =
        TableTexts.of(core.table().definition(), core.data().mode(), core.settings());
    long version = new Registration(keeper, core.path()).create(texts, core.name());
    core.data().metadata(core.data().metadata().withVersion(version));
    life.beginAnew();
    core.awaitSession(60_000, check);
    if (first) {
      for (String n : names) {
        check.run();
        core.data().partitions().attachPart(n);
      }
    }
    LOG.log(
        System.Logger.Level.INFO,
        "{0}: restored, {1} parts were {2}",
        core.name(),
        Integer.toString(names.size()),
        first ? "attached again" : "kept in detached/");
  }
}
