package io.longhouse.cluster.replication.node;

import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log of a replicated table, or of a replica's queue.
 *
 * <pre>
 * "format version: " 1..7 "\n"
 * "create_time: " time "\n"                 since 2
 * "source replica: " replica "\n"
 * "block_id: " id "\n"                      since 3
 * "log_entry_id: " id "\n"                  since 7
 * action "\n"
 * ["part_type: " type "\n"] ["quorum: " count "\n"]
 * </pre>
 *
 * The lowest version that can say what the entry says is written, so that old servers read it.
 *
 * @param createdSec since 1970; 0 where the entry does not say
 * @param sourceReplica who put it into the log; empty for what went straight into a queue
 * @param blockIds names in {@code blocks/} of an inserted part; empty for others
 * @param entryId what makes a repeated attempt to write the entry known; empty for none
 * @param partType {@code Wide}, {@code Compact}; written unless it is Wide
 * @param quorum how many replicas the part must reach; 0 for no quorum
 */
public record LogEntry(
    long createdSec,
    String sourceReplica,
    String blockIds,
    String entryId,
    Action action,
    String partType,
    int quorum) {
  public static final String WIDE = "Wide";
  private static final int VERSION_WITH_UUID = 5;
  private static final int VERSION_WITH_DEDUPLICATE = 4;
  private static final int VERSION_WITH_DEDUPLICATE_BY = 6;
  private static final int VERSION_WITH_ENTRY_ID = 7;

  /** What is to be done. Names are names of parts. */
  public sealed interface Action {
    /** The name that {@code system.replication_queue} shows. */
    String type();

    /** The part that comes of it or the range that is concerned; empty where there is none. */
    String newPart();
  }

  /** Fetch a part, or have it. */
  public record Get(String newPart) implements Action {
    @Override
    public String type() {
      return "GET_PART";
    }
  }

  /**
   * Attach a part that may lie in {@code detached/}, else fetch it.
   *
   * @param checksum of all its files, 32 hexadecimal digits
   */
  public record Attach(String newPart, String checksum) implements Action {
    @Override
    public String type() {
      return "ATTACH_PART";
    }
  }

  /**
   * Merge parts.
   *
   * @param deduplicateBy columns; empty for all of them
   * @param mergeType 1 regular, 2 deletes by TTL, 3 recompresses by TTL, 4 drops by TTL
   * @param uuid of the new part, or null
   * @param cleanup removes deleted rows of a ReplacingMergeTree
   */
  public record Merge(
      List<String> sources,
      String newPart,
      boolean deduplicate,
      List<String> deduplicateBy,
      int mergeType,
      @Nullable String uuid,
      boolean cleanup)
      implements Action {
    public static final int REGULAR = 1;

    public Merge {
      sources = List.copyOf(sources);
      deduplicateBy = List.copyOf(deduplicateBy);
    }

    public Merge(List<String> sources, String newPart) {
      this(sources, newPart, false, List.of(), REGULAR, null, false);
    }

    @Override
    public String type() {
      return "MERGE_PARTS";
    }
  }

  /** Remove what a range covers, into {@code detached/} if so. */
  public record DropRange(String newPart, boolean detach) implements Action {
    @Override
    public String type() {
      return "DROP_RANGE";
    }
  }

  /** Remove one part if it is still there. */
  public record DropPart(String newPart) implements Action {
    @Override
    public String type() {
      return "DROP_PART";
    }
  }

  /** Reset a column in a range: only servers before 20.3 write it. */
  public record ClearColumn(String column, String newPart) implements Action {
    @Override
    public String type() {
      return "CLEAR_COLUMN";
    }
  }

  /** Drop an index's files in a range: only servers before 20.3 write it. */
  public record ClearIndex(String index, String newPart) implements Action {
    @Override
    public String type() {
      return "CLEAR_INDEX";
    }
  }

  /**
   * Replace a range by parts of another table.
   *
   * @param dropRange of one block where nothing is dropped (ATTACH or MOVE PARTITION)
   * @param sources names in the other table
   * @param newParts names in this one
   * @param checksums of all files of each
   */
  public record ReplaceRange(
      String dropRange,
      String fromDatabase,
      String fromTable,
      List<String> sources,
      List<String> newParts,
      List<String> checksums,
      int columnsVersion)
      implements Action {
    public ReplaceRange {
      sources = List.copyOf(sources);
      newParts = List.copyOf(newParts);
      checksums = List.copyOf(checksums);
    }

    @Override
    public String type() {
      return "REPLACE_RANGE";
    }

    @Override
    public String newPart() {
      return "";
    }
  }

  /**
   * Apply mutations to a part.
   *
   * @param alterVersion of the metadata that the mutation belongs to, -1 for a plain one
   */
  public record Mutate(String source, String newPart, @Nullable String uuid, int alterVersion)
      implements Action {
    @Override
    public String type() {
      return "MUTATE_PART";
    }
  }

  /** Take over columns and metadata. */
  public record Alter(int alterVersion, boolean haveMutation, String columns, String metadata)
      implements Action {
    @Override
    public String type() {
      return "ALTER_METADATA";
    }

    @Override
    public String newPart() {
      return "";
    }
  }

  /** Read the pinned parts of a move between shards again. */
  public record SyncPinned() implements Action {
    @Override
    public String type() {
      return "SYNC_PINNED_PART_UUIDS";
    }

    @Override
    public String newPart() {
      return "";
    }
  }

  /** Fetch a part of another shard into {@code detached/}. */
  public record CloneFromShard(String newPart, String sourceShard) implements Action {
    @Override
    public String type() {
      return "CLONE_PART_FROM_SHARD";
    }
  }

  /** An entry without block ids, type of part and quorum. */
  public static LogEntry of(long createdSec, String sourceReplica, Action action) {
    return new LogEntry(createdSec, sourceReplica, "", "", action, WIDE, 0);
  }

  public LogEntry withPartType(String type) {
    return new LogEntry(createdSec, sourceReplica, blockIds, entryId, action, type, quorum);
  }

  public LogEntry withBlock(String ids, int replicas) {
    return new LogEntry(createdSec, sourceReplica, ids, entryId, action, partType, replicas);
  }

  /**
   * @param where the node's path, for messages
   * @throws LonghouseException UNKNOWN_FORMAT_VERSION (287) for an entry of a server newer than
   *     what is known, 27 for what is no entry
   */
  public static LogEntry parse(byte[] node, String where) {
    return LogEntryText.read(new NodeText(node, where));
  }

  public byte[] toBytes() {
    return ByteText.encode(LogEntryText.write(this));
  }

  int version() {
    int version = VERSION_WITH_DEDUPLICATE;
    if (action instanceof Merge m && m.uuid() != null
        || action instanceof Mutate u && u.uuid() != null) {
      version = VERSION_WITH_UUID;
    }
    if (action instanceof Merge m && !m.deduplicateBy().isEmpty()) {
      version = VERSION_WITH_DEDUPLICATE_BY;
    }
    return entryId.isEmpty() ? version : VERSION_WITH_ENTRY_ID;
  }

  static LonghouseException unknownVersion(long version) {
    return new LonghouseException(
        ErrorCode.UNKNOWN_FORMAT_VERSION,
        "Unknown ReplicatedMergeTreeLogEntry format version: " + version);
  }

  /** The names that the parts have from which the new one is made; empty where there are none. */
  public List<String> sourceParts() {
    return switch (action) {
      case Merge m -> m.sources();
      case Mutate m -> List.of(m.source());
      case Get g -> List.of();
      case Attach a -> List.of();
      case DropRange d -> List.of();
      case DropPart d -> List.of();
      case ClearColumn c -> List.of();
      case ClearIndex c -> List.of();
      case ReplaceRange r -> new ArrayList<>(r.sources());
      case Alter a -> List.of();
      case SyncPinned s -> List.of();
      case CloneFromShard c -> List.of();
    };
  }
}
