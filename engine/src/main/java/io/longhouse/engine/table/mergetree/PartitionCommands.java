package io.longhouse.engine.table.mergetree;

import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Partition;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.PartAuthority;
import io.longhouse.storage.mergetree.Partitions;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The commands of {@code ALTER TABLE} that take whole parts and partitions away or bring them. */
final class PartitionCommands {
  private final MergeTreeTable table;
  private final MergeTreeData data;
  private final StatementContext context;
  private final PartitionNames names;

  PartitionCommands(MergeTreeTable table, StatementContext context) {
    this.table = table;
    this.data = table.data();
    this.context = context;
    this.names = new PartitionNames(data.metadata(), context.analyzer(), context.query());
  }

  void run(AlterCommand c) {
    switch (c) {
      case AlterCommand.PartCommand p -> part(p);
      case AlterCommand.CopyPartition x -> copy(x);
      case AlterCommand.MovePartitionToTable x -> {
        requireOne(x.partition());
        data.authority()
            .moveTo(other(x.table()), Objects.requireNonNull(id(x.partition())), waiting());
      }
      case AlterCommand.Freeze f -> freeze(f);
      case AlterCommand.MovePartition m -> move(m);
      case AlterCommand.FetchPartition f -> fetch(f);
      default -> throw new IllegalArgumentException(c.toString());
    }
  }

  /** How long replicas are waited for. */
  private PartAuthority.Waiting waiting() {
    return new PartAuthority.Waiting(
        context.query().settings().number("alter_sync"), context.query()::checkStopped);
  }

  private void fetch(AlterCommand.FetchPartition f) {
    if (!(data.authority() instanceof Replication replication)) {
      throw notSupported("FETCH PARTITION");
    }
    replication.fetch(f, f.part() ? partName(f.partition()) : id(f.partition()), context);
  }

  private LonghouseException notSupported(String what) {
    return new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, what + " is not supported by storage " + table.engine());
  }

  private @Nullable String id(@Nullable Partition p) {
    return p == null ? null : names.id(p);
  }

  private void requireOne(Partition partition) {
    if (partition instanceof Partition.All) {
      throw new LonghouseException(
          ErrorCode.SUPPORT_IS_DISABLED,
          "Only support DROP/DETACH/ATTACH PARTITION ALL currently.");
    }
  }

  private MergeTreeData other(Identifier name) {
    Table t = context.tables().require(name);
    if (t instanceof MergeTreeTable m) {
      return m.data();
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Table " + t.id() + " is not a MergeTree table");
  }

  private void copy(AlterCommand.CopyPartition x) {
    MergeTreeData from = other(x.from());
    if (!x.replace() && x.partition() instanceof Partition.All) {
      for (String id : from.snapshot().partitionIds()) {
        data.authority().attachFrom(from, id, false, waiting());
      }
      return;
    }
    requireOne(x.partition());
    String id = Objects.requireNonNull(id(x.partition()));
    boolean empty = from.snapshot().ofPartition(id).isEmpty();
    boolean allowed = context.query().settings().isOn("allow_replace_partition_from_empty_source");
    if (x.replace() && empty && !allowed) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Source table "
              + from.table()
              + " has no parts in partition "
              + id
              + ": refusing `REPLACE PARTITION` because it would silently drop the destination"
              + " partition's data. Set `allow_replace_partition_from_empty_source = 1` to restore"
              + " the previous behavior, or use `ALTER TABLE ... DROP PARTITION` if you intend to"
              + " drop the destination data.");
    }
    data.authority().attachFrom(from, id, x.replace(), waiting());
  }

  /** There is one disk and one volume, so that parts are where they are wanted already. */
  private void move(AlterCommand.MovePartition m) {
    if (m.target() == AlterCommand.MoveTarget.SHARD) {
      throw notSupported("MOVE PARTITION TO SHARD");
    }
    boolean disk = m.target() == AlterCommand.MoveTarget.DISK;
    if (!m.name().equals("default")) {
      throw new LonghouseException(
          disk ? ErrorCode.UNKNOWN_DISK : ErrorCode.UNKNOWN_VOLUME,
          disk
              ? "Disk " + m.name() + " does not exist in policy default"
              : "No such volume `" + m.name() + "` in storage policy `default`.");
    }
    String what = m.part() ? "part" : "partition";
    throw new LonghouseException(
        disk ? ErrorCode.UNKNOWN_DISK : ErrorCode.UNKNOWN_VOLUME,
        "All parts of "
            + what
            + " '"
            + (m.part() ? partName(m.partition()) : id(m.partition()))
            + "' are already on "
            + (disk ? "disk" : "volume")
            + " '"
            + m.name()
            + "'.");
  }

  private void freeze(AlterCommand.Freeze f) {
    LocalEngine engine = context.query().service(LocalEngine.class);
    Path root = engine == null ? null : engine.config().path();
    Path folder = table.dataPaths().getFirst().toAbsolutePath();
    var shadow =
        new Shadow(root == null ? Objects.requireNonNull(folder.getParent()) : root, folder);
    String partition = id(f.partition());
    if (f.unfreeze()) {
      shadow.remove(Objects.requireNonNull(f.name()), partition);
      return;
    }
    String name = f.name() == null ? shadow.nextName() : f.name();
    data.partitions().freeze(partsOf(partition), shadow.folder(name));
  }

  private List<DataPart> partsOf(@Nullable String partitionId) {
    return partitionId == null ? data.snapshot().parts() : data.snapshot().ofPartition(partitionId);
  }

  private @Nullable String partName(Partition p) {
    return p instanceof Partition.Value v ? names.text(v.value()) : null;
  }

  private void part(AlterCommand.PartCommand p) {
    String part = p.part() ? partName(p.partition()) : null;
    switch (p.action()) {
      case DROP -> drop(p, part, false);
      case DETACH -> drop(p, part, true);
      case ATTACH -> {
        if (part != null) {
          data.partitions().attachPart(part);
        } else {
          attach(id(p.partition()));
        }
      }
      case DROP_DETACHED -> dropDetached(p, part);
      case FORGET -> throw notSupported("FORGET PARTITION");
    }
  }

  private void dropDetached(AlterCommand.PartCommand p, @Nullable String part) {
    if (!context.query().settings().isOn("allow_drop_detached")) {
      throw new LonghouseException(
          ErrorCode.SUPPORT_IS_DISABLED,
          "Cannot execute query: DROP DETACHED PART is disabled (see allow_drop_detached"
              + " setting).");
    }
    String id = part == null ? id(p.partition()) : null;
    boolean any = false;
    for (Partitions.Detached d : data.partitions().detached()) {
      boolean wanted =
          part != null
              ? d.name().equals(part)
              : id == null || d.part() != null && d.part().partitionId().equals(id);
      if (wanted) {
        data.partitions().dropDetached(d.name());
        any = true;
      }
    }
    if (part != null && !any) {
      throw new LonghouseException(
          ErrorCode.BAD_DATA_PART_NAME, "Detached part \"" + part + "\" not found");
    }
  }

  private void attach(@Nullable String partitionId) {
    if (partitionId != null) {
      data.partitions().attachPartition(partitionId);
      return;
    }
    data.partitions().detached().stream()
        .filter(d -> d.part() != null && d.reason().isEmpty())
        .map(d -> Objects.requireNonNull(d.part()).partitionId())
        .distinct()
        .forEach(data.partitions()::attachPartition);
  }

  private void drop(AlterCommand.PartCommand p, @Nullable String part, boolean detach) {
    if (part != null) {
      data.authority().dropPart(PartName.parse(part), detach, waiting());
      return;
    }
    String id = id(p.partition());
    List<String> ids = id == null ? data.snapshot().partitionIds() : List.of(id);
    ids.forEach(i -> data.authority().dropPartition(i, detach, waiting()));
  }
}
