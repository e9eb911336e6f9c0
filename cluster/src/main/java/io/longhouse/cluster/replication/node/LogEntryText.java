package io.longhouse.cluster.replication.node;

import static io.longhouse.cluster.replication.node.NodeText.escaped;
import static io.longhouse.cluster.replication.node.NodeText.quotedList;

import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link LogEntry}. Actions:
 *
 * <pre>
 * "get\n" part
 * "attach\n" part "\npart_checksum: " hex
 * "merge\n" (part "\n")* "into\n" part "\ndeduplicate: " 0|1 ["\nmerge_type: " n] ["\ninto_uuid: " uuid]
 *     ["\ndeduplicate_by_columns: " 'name',...] ["\ncleanup: " 0|1]
 * "drop\n" range | "detach\n" range | "drop_part\n" part
 * "clear_column\n" name "\nfrom\n" range | "clear_index\n" name "\nfrom\n" range
 * "REPLACE_RANGE\ndrop_range_name: " range "\nfrom_database: " name "\nfrom_table: " name "\nsource_parts: " list
 *     "\nnew_parts: " list "\npart_checksums: " list "\ncolumns_version: " n
 * "mutate\n" part "\nto\n" part ["\nto_uuid\n" uuid] ["\nalter_version\n" n]
 * "alter\nalter_version\n" n "\nhave_mutation\n" 0|1 "\ncolumns_str_size:\n" n "\n" columns "\nmetadata_str_size:\n" n "\n" metadata
 * "sync_pinned_part_uuids\n" | "clone_part_from_shard\n" part "\nsource_shard: " path
 * </pre>
 */
final class LogEntryText {
  private static final int PARTS_MAX = 1_000_000;

  private LogEntryText() {}

  static String write(LogEntry e) {
    var out = new StringBuilder(256);
    int version = e.version();
    out.append("format version: ").append(version);
    out.append("\ncreate_time: ").append(NodeText.time(e.createdSec()));
    out.append("\nsource replica: ").append(e.sourceReplica());
    out.append("\nblock_id: ").append(escaped(e.blockIds())).append('\n');
    if (!e.entryId().isEmpty()) {
      out.append("log_entry_id: ").append(escaped(e.entryId())).append('\n');
    }
    write(e.action(), out);
    out.append('\n');
    if (!e.partType().equals(LogEntry.WIDE)) {
      out.append("part_type: ").append(e.partType()).append('\n');
    }
    if (e.quorum() != 0) {
      out.append("quorum: ").append(e.quorum()).append('\n');
    }
    return out.toString();
  }

  private static void write(LogEntry.Action action, StringBuilder out) {
    switch (action) {
      case LogEntry.Get g -> out.append("get\n").append(g.newPart());
      case LogEntry.Attach a ->
          out.append("attach\n")
              .append(a.newPart())
              .append("\npart_checksum: ")
              .append(a.checksum());
      case LogEntry.Merge m -> writeMerge(m, out);
      case LogEntry.DropRange d ->
          out.append(d.detach() ? "detach\n" : "drop\n").append(d.newPart());
      case LogEntry.DropPart d -> out.append("drop_part\n").append(d.newPart());
      case LogEntry.ClearColumn c ->
          out.append("clear_column\n")
              .append(escaped(c.column()))
              .append("\nfrom\n")
              .append(c.newPart());
      case LogEntry.ClearIndex c ->
          out.append("clear_index\n")
              .append(escaped(c.index()))
              .append("\nfrom\n")
              .append(c.newPart());
      case LogEntry.ReplaceRange r -> writeReplace(r, out);
      case LogEntry.Mutate m -> writeMutate(m, out);
      case LogEntry.Alter a -> writeAlter(a, out);
      case LogEntry.SyncPinned s -> out.append("sync_pinned_part_uuids\n");
      case LogEntry.CloneFromShard c ->
          out.append("clone_part_from_shard\n")
              .append(c.newPart())
              .append("\nsource_shard: ")
              .append(c.sourceShard());
    }
  }

  private static void writeMerge(LogEntry.Merge m, StringBuilder out) {
    out.append("merge\n");
    m.sources().forEach(s -> out.append(s).append('\n'));
    out.append("into\n").append(m.newPart());
    out.append("\ndeduplicate: ").append(m.deduplicate() ? 1 : 0);
    if (m.mergeType() != LogEntry.Merge.REGULAR) {
      out.append("\nmerge_type: ").append(m.mergeType());
    }
    if (m.uuid() != null) {
      out.append("\ninto_uuid: ").append(m.uuid());
    }
    if (!m.deduplicateBy().isEmpty()) {
      String list = quotedList(m.deduplicateBy());
      out.append("\ndeduplicate_by_columns: ").append(list, 1, list.length() - 1);
    }
    if (m.cleanup()) {
      out.append("\ncleanup: 1");
    }
  }

  private static void writeReplace(LogEntry.ReplaceRange r, StringBuilder out) {
    out.append("REPLACE_RANGE\ndrop_range_name: ").append(r.dropRange());
    out.append("\nfrom_database: ").append(escaped(r.fromDatabase()));
    out.append("\nfrom_table: ").append(escaped(r.fromTable()));
    out.append("\nsource_parts: ").append(quotedList(r.sources()));
    out.append("\nnew_parts: ").append(quotedList(r.newParts()));
    out.append("\npart_checksums: ").append(quotedList(r.checksums()));
    out.append("\ncolumns_version: ").append(r.columnsVersion());
  }

  private static void writeMutate(LogEntry.Mutate m, StringBuilder out) {
    out.append("mutate\n").append(m.source()).append("\nto\n").append(m.newPart());
    if (m.uuid() != null) {
      out.append("\nto_uuid\n").append(m.uuid());
    }
    if (m.alterVersion() != -1) {
      out.append("\nalter_version\n").append(m.alterVersion());
    }
  }

  private static void writeAlter(LogEntry.Alter a, StringBuilder out) {
    out.append("alter\nalter_version\n").append(a.alterVersion());
    out.append("\nhave_mutation\n").append(a.haveMutation() ? 1 : 0);
    out.append("\ncolumns_str_size:\n").append(ByteText.encode(a.columns()).length);
    out.append('\n').append(a.columns());
    out.append("\nmetadata_str_size:\n").append(ByteText.encode(a.metadata()).length);
    out.append('\n').append(a.metadata());
  }

  static LogEntry read(NodeText in) {
    in.expect("format version: ");
    int version = in.smallNumber();
    in.expect("\n");
    if (version < 1 || version > 7) {
      throw LogEntry.unknownVersion(version);
    }
    long created = 0;
    if (version >= 2) {
      in.expect("create_time: ");
      created = in.time();
      in.expect("\n");
    }
    in.expect("source replica: ");
    String source = in.word();
    in.expect("\n");
    String blockIds = version >= 3 ? named(in, "block_id: ") : "";
    String entryId = version >= 7 ? named(in, "log_entry_id: ") : "";
    LogEntry.Action action = readAction(in, version);
    String partType = LogEntry.WIDE;
    if (in.accept("part_type: ")) {
      partType = in.word();
      in.expect("\n");
    }
    int quorum = 0;
    if (in.accept("quorum: ")) {
      quorum = in.smallNumber();
      in.expect("\n");
    }
    in.expectEnd();
    return new LogEntry(created, source, blockIds, entryId, action, partType, quorum);
  }

  private static String named(NodeText in, String name) {
    in.expect(name);
    String value = in.escapedWord();
    in.expect("\n");
    return value;
  }

  /** The action and the line's end behind it. */
  private static LogEntry.Action readAction(NodeText in, int version) {
    String type = in.word();
    in.expect("\n");
    LogEntry.Action action =
        switch (type) {
          case "get" -> new LogEntry.Get(in.word());
          case "attach" -> {
            String part = in.word();
            in.expect("\npart_checksum: ");
            yield new LogEntry.Attach(part, in.word());
          }
          case "merge" -> readMerge(in, version);
          case "drop" -> new LogEntry.DropRange(in.word(), false);
          case "detach" -> new LogEntry.DropRange(in.word(), true);
          case "drop_part" -> new LogEntry.DropPart(in.word());
          case "clear_column" -> {
            String name = named(in, "");
            in.expect("from\n");
            yield new LogEntry.ClearColumn(name, in.word());
          }
          case "clear_index" -> {
            String name = named(in, "");
            in.expect("from\n");
            yield new LogEntry.ClearIndex(name, in.word());
          }
          case "REPLACE_RANGE" -> readReplace(in);
          case "mutate" -> readMutate(in);
          case "alter" -> readAlter(in);
          case "sync_pinned_part_uuids" -> new LogEntry.SyncPinned();
          case "clone_part_from_shard" -> {
            String part = in.word();
            in.expect("\nsource_shard: ");
            yield new LogEntry.CloneFromShard(part, in.word());
          }
          default -> throw in.wrong("an action that is known behind '" + type + "'");
        };
    boolean lineEnded = action instanceof LogEntry.Mutate || action instanceof LogEntry.Merge;
    if (!lineEnded) {
      in.expect("\n");
    }
    return action;
  }

  private static LogEntry.Merge readMerge(NodeText in, int version) {
    List<String> sources = new ArrayList<>();
    for (String s = in.word(); !s.equals("into"); s = in.word()) {
      in.expect("\n");
      sources.add(s);
      if (sources.size() > PARTS_MAX) {
        throw in.wrong("'into' after at most " + PARTS_MAX + " parts");
      }
    }
    in.expect("\n");
    String part = in.word();
    in.expect("\n");
    boolean deduplicate = false;
    if (version >= 4) {
      in.expect("deduplicate: ");
      deduplicate = in.flag();
      in.expect("\n");
    }
    int mergeType = LogEntry.Merge.REGULAR;
    String uuid = null;
    List<String> by = new ArrayList<>();
    boolean cleanup = false;
    while (true) {
      if (in.accept("merge_type: ")) {
        mergeType = in.smallNumber();
      } else if (in.accept("into_uuid: ")) {
        uuid = in.word();
      } else if (in.accept("deduplicate_by_columns: ")) {
        do {
          by.add(in.quoted('\''));
        } while (in.accept(","));
      } else if (in.accept("cleanup: ")) {
        cleanup = in.flag();
      } else {
        return new LogEntry.Merge(sources, part, deduplicate, by, mergeType, uuid, cleanup);
      }
      in.expect("\n");
    }
  }

  private static LogEntry.ReplaceRange readReplace(NodeText in) {
    in.expect("drop_range_name: ");
    String dropRange = in.word();
    in.expect("\n");
    String database = named(in, "from_database: ");
    String table = named(in, "from_table: ");
    in.expect("source_parts: ");
    List<String> sources = in.quotedList();
    in.expect("\nnew_parts: ");
    List<String> newParts = in.quotedList();
    in.expect("\npart_checksums: ");
    List<String> checksums = in.quotedList();
    in.expect("\ncolumns_version: ");
    int version = in.smallNumber();
    if (sources.size() != newParts.size() || sources.size() != checksums.size()) {
      throw in.wrong("as many new parts and checksums as source parts");
    }
    return new LogEntry.ReplaceRange(
        dropRange, database, table, sources, newParts, checksums, version);
  }

  private static LogEntry.Mutate readMutate(NodeText in) {
    String source = in.word();
    in.expect("\nto\n");
    String part = in.word();
    in.expect("\n");
    @Nullable String uuid = null;
    int alterVersion = -1;
    while (true) {
      if (in.accept("to_uuid\n")) {
        uuid = in.word();
      } else if (in.accept("alter_version\n")) {
        alterVersion = in.smallNumber();
      } else {
        return new LogEntry.Mutate(source, part, uuid, alterVersion);
      }
      in.expect("\n");
    }
  }

  private static LogEntry.Alter readAlter(NodeText in) {
    in.expect("alter_version\n");
    int version = in.smallNumber();
    in.expect("\nhave_mutation\n");
    boolean haveMutation = in.flag();
    in.expect("\ncolumns_str_size:\n");
    int columnsBytes = in.smallNumber();
    in.expect("\n");
    String columns = in.take(columnsBytes);
    in.expect("\nmetadata_str_size:\n");
    int metadataBytes = in.smallNumber();
    in.expect("\n");
    return new LogEntry.Alter(version, haveMutation, columns, in.take(metadataBytes));
  }
}
