package io.longhouse.cluster.interserver;

import io.longhouse.cluster.replication.node.HostNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The parts that are being fetched at this moment. */
public final class FetchList {
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  /** A fetch under way; its numbers are written by one thread and read by others. */
  public static final class Running {
    private final String database;
    private final String table;
    private final String part;
    private final String partitionId;
    private final String path;
    private final String replicaPath;
    private final HostNode from;
    private final String uri;
    private final boolean toDetached;
    private final long threadId = Thread.currentThread().threadId();
    private final long beginNs = System.nanoTime();
    private final AtomicLong read = new AtomicLong();
    private volatile long totalBytes;

    Running(PartExchange.Request request, String partitionId, String path, String uri) {
      this.database = request.database();
      this.table = request.tableName();
      this.part = request.part();
      this.partitionId = partitionId;
      this.path = path;
      this.replicaPath = request.replicaPath();
      this.from = request.from();
      this.uri = uri;
      this.toDetached = request.toDetached();
    }

    void total(long bytes) {
      totalBytes = bytes;
    }

    void add(long bytes) {
      read.addAndGet(bytes);
    }

    public String database() {
      return database;
    }

    public String table() {
      return table;
    }

    public String part() {
      return part;
    }

    public String partitionId() {
      return partitionId;
    }

    public String path() {
      return path;
    }

    public String replicaPath() {
      return replicaPath;
    }

    public HostNode from() {
      return from;
    }

    public String uri() {
      return uri;
    }

    public boolean toDetached() {
      return toDetached;
    }

    public long threadId() {
      return threadId;
    }

    public double elapsedSec() {
      return (System.nanoTime() - beginNs) / 1e9;
    }

    /** 0 when the other server did not say. */
    public long totalBytes() {
      return totalBytes;
    }

    public long readBytes() {
      return read.get();
    }

    /** From 0 to 1. */
    public double progress() {
      long total = totalBytes;
      return total == 0 ? 0 : Math.min(1, (double) read.get() / total);
    }
  }

  /** False when the same folder is being filled already. */
  boolean begin(String folder, Running fetch) {
    return running.putIfAbsent(folder, fetch) == null;
  }

  void end(String folder) {
    running.remove(folder);
  }

  public Collection<Running> all() {
    return List.copyOf(running.values());
  }
}
