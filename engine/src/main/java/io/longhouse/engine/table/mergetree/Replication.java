package io.longhouse.engine.table.mergetree;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ReplicaState;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.storage.mergetree.MutationCommand;
import io.longhouse.storage.mergetree.PartAuthority;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What makes a MergeTree table one of several replicas, which decide together. */
public interface Replication extends PartAuthority, ReplicaState {
  /** Begins to follow the others; called once, when the table is in the catalog. */
  void start();

  /** Ends that; what is under way has ended when this returns. */
  void close();

  /** The replica is no more; called after {@link #close}. */
  void drop();

  /**
   * Checks that the table may have another name.
   *
   * @throws io.longhouse.sql.LonghouseException NOT_IMPLEMENTED (48)
   */
  void renamed(TableId newId);

  /**
   * @throws io.longhouse.sql.LonghouseException TABLE_IS_READ_ONLY (242)
   */
  void checkWritable();

  /** A change of columns that is on its way to the replicas. */
  interface Change {
    /** The version of the mutation that the data need, 0 for none. */
    long mutation();

    /** Waits until the columns are changed. */
    void await(Waiting waiting);
  }

  /**
   * Changes the columns of all replicas.
   *
   * @param commands what is to be done to the data
   */
  Change alter(PreparedSchema ready, List<MutationCommand> commands);

  /**
   * {@code FETCH PARTITION ... FROM}.
   *
   * @param name of the part, or the id of the partition
   */
  void fetch(AlterCommand.FetchPartition command, @Nullable String name, StatementContext context);

  /**
   * By partition the highest block that all who read must see and may see, {@code
   * select_sequential_consistency}.
   *
   * @throws io.longhouse.sql.LonghouseException REPLICA_IS_NOT_IN_QUORUM (289)
   */
  Map<String, Long> agreedBlocks();
}
