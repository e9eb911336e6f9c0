package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code system.storage_policies}: the one policy, which is the one disk. */
@Register(kind = SystemTable.class, name = "storage_policies", doc = "Which disks tables use.")
final class StoragePoliciesTable extends SystemTable<String> {
  StoragePoliciesTable() {
    super(
        "storage_policies",
        new SystemColumns<String>()
            .text("policy_name", n -> n)
            .text("volume_name", n -> n)
            .number("volume_priority", _ -> 1)
            .add("disks", "Array(String)", List::of)
            .add("volume_type", "Enum8('JBOD' = 0, 'SINGLE_DISK' = 1, 'UNKNOWN' = 2)", _ -> "JBOD")
            .empty("max_data_part_size", "UInt64")
            .empty("move_factor", "Float32")
            .empty("prefer_not_to_merge", "UInt8")
            .flag("perform_ttl_move_on_insert", _ -> true)
            .add(
                "load_balancing",
                "Enum8('ROUND_ROBIN' = 0, 'LEAST_USED' = 1)",
                _ -> "ROUND_ROBIN"));
  }

  @Override
  protected Iterable<String> rows(QueryContext context) {
    return List.of("default");
  }
}
