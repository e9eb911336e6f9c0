package io.longhouse.cluster.distributed.insert;

import io.longhouse.cluster.config.Shard;
import io.longhouse.column.Column;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.function.expr.Expr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which shard has a row: the one that an INSERT would send it to. */
record KeyRouting(ShardingKey sharding, List<String> columns, List<Shard> shards)
    implements DistributedSource.Routing {
  @Override
  public Expr key() {
    return sharding.value();
  }

  @Override
  public Set<Integer> shardsOf(Column keys, int rows) {
    int[][] members = new ShardSlots(shards).rows(keys.plain().full(), sharding.type(), rows);
    Set<Integer> numbers = new HashSet<>();
    for (int s = 0; s < members.length; s++) {
      if (members[s] != null) {
        numbers.add(shards.get(s).number());
      }
    }
    return numbers;
  }
}
