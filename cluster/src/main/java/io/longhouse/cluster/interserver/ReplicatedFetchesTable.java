package io.longhouse.cluster.interserver;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.system.SystemColumns;
import io.longhouse.engine.system.SystemTable;
import io.longhouse.registry.Register;

/** {@code system.replicated_fetches}: the parts that are being fetched. */
@Register(
    kind = SystemTable.class,
    name = "replicated_fetches",
    doc = "The parts that this server is fetching from other replicas.")
final class ReplicatedFetchesTable extends SystemTable<FetchList.Running> {
  ReplicatedFetchesTable() {
    super(
        "replicated_fetches",
        new SystemColumns<FetchList.Running>()
            .text("database", FetchList.Running::database)
            .text("table", FetchList.Running::table)
            .add("elapsed", "Float64", FetchList.Running::elapsedSec)
            .add("progress", "Float64", FetchList.Running::progress)
            .text("result_part_name", FetchList.Running::part)
            .text("result_part_path", FetchList.Running::path)
            .text("partition_id", FetchList.Running::partitionId)
            .add("total_size_bytes_compressed", "UInt64", FetchList.Running::totalBytes)
            .add("bytes_read_compressed", "UInt64", FetchList.Running::readBytes)
            .text("source_replica_path", FetchList.Running::replicaPath)
            .text("source_replica_hostname", r -> r.from().host())
            .add("source_replica_port", "UInt16", r -> r.from().port())
            .text("interserver_scheme", r -> r.from().scheme())
            .text("URI", FetchList.Running::uri)
            .flag("to_detached", FetchList.Running::toDetached)
            .add("thread_id", "UInt64", FetchList.Running::threadId));
  }

  @Override
  protected Iterable<FetchList.Running> rows(QueryContext context) {
    return context.require(PartExchange.class).fetches().all();
  }
}
