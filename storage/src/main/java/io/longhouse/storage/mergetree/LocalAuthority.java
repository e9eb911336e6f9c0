package io.longhouse.storage.mergetree;

import io.longhouse.column.Turns;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plain table decides alone, at once and by what is on its disk. */
final class LocalAuthority implements PartAuthority {
  private final MergeTreeData data;

  LocalAuthority(MergeTreeData data) {
    this.data = data;
  }

  @Override
  public List<Committed> commitInsert(List<WrittenPart> written, int level, InsertOptions options) {
    List<DataPart> parts = data.commitNew(written, level);
    List<Committed> committed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      committed.add(new Committed(written.get(i), parts.get(i)));
    }
    return committed;
  }

  @Override
  public List<DataPart> attach(List<String> folders, List<String> partitionIds) {
    return data.attach(folders, partitionIds, List.of());
  }

  @Override
  public @Nullable DataPart commitResult(String folder, PartName name, List<DataPart> sources) {
    DataPart result = data.replace(folder, name, sources);
    if (result != null && result.rows() == 0) {
      data.drop(List.of(result));
    }
    return result;
  }

  @Override
  public boolean workOnce() {
    return Turns.take(() -> data.mutations().mutateOnce() || data.merges().mergeOnce());
  }

  @Override
  public void tidy() {
    data.mutations().forgetFinished(data.settings().number("finished_mutations_to_keep"));
  }

  @Override
  public boolean mayHaveWork() {
    return data.snapshot().hasSeveralInPartition() || data.mutations().isAnyWaiting();
  }

  @Override
  public Collection<PartName> leave(Collection<PartName> parts) {
    return parts;
  }

  @Override
  public boolean optimize(@Nullable String partitionId, OptimizeOptions options, Waiting waiting) {
    return data.merges().optimize(partitionId, options);
  }

  @Override
  public void dropPartition(String partitionId, boolean detach, Waiting waiting) {
    drop(data.snapshot().ofPartition(partitionId), detach);
  }

  @Override
  public void dropPart(PartName part, boolean detach, Waiting waiting) {
    DataPart found = data.snapshot().find(part);
    if (found == null) {
      throw new LonghouseException(
          ErrorCode.NO_SUCH_DATA_PART, "No part " + part + " in committed state");
    }
    drop(List.of(found), detach);
  }

  private void drop(List<DataPart> parts, boolean detach) {
    if (detach) {
      data.partitions().detach(parts);
    } else {
      data.partitions().drop(parts);
    }
  }

  @Override
  public void truncate(Waiting waiting) {
    data.drop(data.snapshot().parts());
  }

  @Override
  public void attachFrom(
      MergeTreeData other, String partitionId, boolean replace, Waiting waiting) {
    data.partitions().attachFrom(other, partitionId, replace);
  }

  @Override
  public void moveTo(MergeTreeData other, String partitionId, Waiting waiting) {
    data.partitions().moveTo(other, partitionId);
  }

  @Override
  public long mutate(List<MutationCommand> commands, @Nullable String author) {
    return data.mutations().add(commands, author);
  }

  @Override
  public void awaitMutation(long version, Waiting waiting) {
    data.mutations().applyAll(version, waiting.check());
  }

  @Override
  public void awaitMutationOfAuthor(long version, Waiting waiting) {
    data.mutations().applyOfAuthor(version, waiting.check());
  }

  @Override
  public boolean killMutation(long version) {
    return data.mutations().kill(version);
  }
}
