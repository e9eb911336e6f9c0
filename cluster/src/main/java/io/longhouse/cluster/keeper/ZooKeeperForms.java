package io.longhouse.cluster.keeper;

import java.util.List;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Our words in those of ZooKeeper's client. */
final class ZooKeeperForms {
  private static final int OK = 0;
  private static final int NOT_TRIED = -2;

  private ZooKeeperForms() {}

  static org.apache.zookeeper.CreateMode mode(CreateMode mode) {
    return switch (mode) {
      case PERSISTENT -> org.apache.zookeeper.CreateMode.PERSISTENT;
      case EPHEMERAL -> org.apache.zookeeper.CreateMode.EPHEMERAL;
      case PERSISTENT_SEQUENTIAL -> org.apache.zookeeper.CreateMode.PERSISTENT_SEQUENTIAL;
      case EPHEMERAL_SEQUENTIAL -> org.apache.zookeeper.CreateMode.EPHEMERAL_SEQUENTIAL;
    };
  }

  static org.apache.zookeeper.Op op(Op op, String at, List<ACL> access) {
    return switch (op) {
      case Op.Create c -> org.apache.zookeeper.Op.create(at, c.data(), access, mode(c.mode()));
      case Op.Set s -> org.apache.zookeeper.Op.setData(at, s.data(), s.version());
      case Op.Remove r -> org.apache.zookeeper.Op.delete(at, r.version());
      case Op.Check c -> org.apache.zookeeper.Op.check(at, c.version());
    };
  }

  static KeeperStat stat(Stat s) {
    return new KeeperStat(
        s.getCzxid(),
        s.getMzxid(),
        s.getCtime(),
        s.getMtime(),
        s.getVersion(),
        s.getCversion(),
        s.getAversion(),
        s.getEphemeralOwner(),
        s.getDataLength(),
        s.getNumChildren(),
        s.getPzxid());
  }

  static KeeperNode node(byte @Nullable [] data, Stat stat) {
    return new KeeperNode(data == null ? new byte[0] : data, stat(stat));
  }

  /** Changes before the one that failed have no error, those behind it were not tried. */
  static int failedAt(List<OpResult> results) {
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof OpResult.ErrorResult e
          && e.getErr() != OK
          && e.getErr() != NOT_TRIED) {
        return i;
      }
    }
    return -1;
  }

  static String created(OpResult result) {
    return result instanceof OpResult.CreateResult c ? c.getPath() : "";
  }
}
