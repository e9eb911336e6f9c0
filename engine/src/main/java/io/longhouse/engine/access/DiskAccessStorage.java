package io.longhouse.engine.access;

import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Entities in a folder, as ClickHouse keeps them:
 *
 * <pre>
 * UUID.sql                 ATTACH statements, one a line
 * users.list, roles.list, settings_profiles.list, row_policies.list, quotas.list,
 * masking_policies.list    a variable-length count, then for each entity its name (length, bytes)
 *                          and its id in 36 characters
 * need_rebuild_lists.mark  there while the lists may lag behind the .sql files
 * </pre>
 *
 * <p>Invariants: an entity's file is replaced as a whole (temporary file, fsync, rename, fsync of
 * the folder); the mark is on disk before the first change that the lists do not have. Entities are
 * read when they are first needed, names at the start.
 */
public final class DiskAccessStorage extends MemoryAccessStorage {
  private static final System.Logger LOG = System.getLogger(DiskAccessStorage.class.getName());
  private static final String MARK = "need_rebuild_lists.mark";

  private final Path folder;
  private final Set<AccessEntityKind> stale = EnumSet.noneOf(AccessEntityKind.class);

  private DiskAccessStorage(Path folder) {
    super("local_directory");
    this.folder = folder;
  }

  /**
   * @param folder made if it is not there
   */
  public static DiskAccessStorage open(Path folder) {
    var storage = new DiskAccessStorage(folder);
    try {
      Files.createDirectories(folder);
      if (Files.exists(folder.resolve(MARK)) || !storage.readLists()) {
        storage.rebuild();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return storage;
  }

  @Override
  public String type() {
    return "local_directory";
  }

  @Override
  public String parameters() {
    return "{\"path\":\""
        + folder.toAbsolutePath().toString().replace("\"", "\\\"")
        + "\\/\"}".replace("\\/", "/");
  }

  private Path file(UUID id) {
    return folder.resolve(id + ".sql");
  }

  private Path list(AccessEntityKind kind) {
    return folder.resolve(kind.plural().toLowerCase(Locale.ROOT).replace(' ', '_') + ".list");
  }

  @Override
  AccessEntity load(UUID id) {
    Path file = file(id);
    try {
      return EntityText.parse(id, ByteText.decode(Files.readAllBytes(file)), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  // ---- Changes

  @Override
  void writing(@Nullable AccessEntity before, @Nullable AccessEntity after) {
    try {
      AccessEntity any = after == null ? before : after;
      if (any == null) {
        return;
      }
      boolean listed = before != null && after != null && before.name().equals(after.name());
      if (!listed) {
        mark(any.kind());
      }
      if (after == null) {
        Files.deleteIfExists(file(any.id()));
      } else {
        replace(file(after.id()), ByteText.encode(EntityText.attach(after)));
      }
      syncFolder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void mark(AccessEntityKind kind) throws IOException {
    if (stale.isEmpty()) {
      Path mark = folder.resolve(MARK);
      if (!Files.exists(mark)) {
        Files.createFile(mark);
        syncFolder();
      }
    }
    stale.add(kind);
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    String name = file.getFileName().toString();
    Path temporary = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".tmp");
    try (var out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void syncFolder() throws IOException {
    try (var in = FileChannel.open(folder, StandardOpenOption.READ)) {
      in.force(true);
    }
  }

  // ---- Lists

  private boolean readLists() throws IOException {
    for (AccessEntityKind kind : AccessEntityKind.values()) {
      Path list = list(kind);
      if (!Files.exists(list)) {
        // ClickHouse before 25.10 has no masking policies
        if (kind == AccessEntityKind.MASKING_POLICY) {
          continue;
        }
        return false;
      }
      try (var in =
          new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(list)))) {
        long count = varUInt(in);
        for (long i = 0; i < count; i++) {
          byte[] name = new byte[(int) varUInt(in)];
          in.readFully(name);
          byte[] id = new byte[36];
          in.readFully(id);
          know(UUID.fromString(ByteText.decode(id)), kind, ByteText.decode(name), null);
        }
      }
    }
    return true;
  }

  private static long varUInt(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = in.readUnsignedByte();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new IOException("a number of more than 64 bits");
  }

  private static void varUInt(long value, ByteArrayOutputStream out) {
    long v = value;
    while (v >= 0x80) {
      out.write((int) (v & 0x7F | 0x80));
      v >>>= 7;
    }
    out.write((int) v);
  }

  private void writeList(AccessEntityKind kind) throws IOException {
    var out = new ByteArrayOutputStream();
    Map<String, UUID> all = Map.copyOf(all(kind));
    varUInt(all.size(), out);
    all.forEach((name, id) -> {
      byte[] bytes = ByteText.encode(name);
      varUInt(bytes.length, out);
      out.writeBytes(bytes);
      out.writeBytes(ByteText.encode(id.toString()));
    });
    replace(list(kind), out.toByteArray());
  }

  /**
   * Reads every file. A file that cannot be read stays where it is, and its entity is not there.
   */
  private void rebuild() throws IOException {
    List<Path> files = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path p : entries) {
        String name = p.getFileName().toString();
        if (name.endsWith(".tmp")) {
          Files.delete(p);
        } else if (name.endsWith(".sql")) {
          files.add(p);
        }
      }
    }
    Map<UUID, AccessEntity> found = new ConcurrentHashMap<>();
    files.parallelStream().forEach(p -> tryLoad(p, found));
    Map<String, AccessEntity> newest = new HashMap<>();
    for (AccessEntity e : found.values()) {
      newest.merge(e.kind() + " " + e.name(), e, this::newer);
    }
    newest.values().forEach(e -> know(e.id(), e.kind(), e.name(), e));
    for (AccessEntityKind kind : AccessEntityKind.values()) {
      writeList(kind);
    }
    Files.deleteIfExists(folder.resolve(MARK));
    syncFolder();
  }

  private void tryLoad(Path file, Map<UUID, AccessEntity> found) {
    String name = file.getFileName().toString();
    try {
      UUID id = UUID.fromString(name.substring(0, name.length() - 4));
      found.put(id, load(id));
    } catch (LonghouseException | IllegalArgumentException | UncheckedIOException e) {
      LOG.log(Level.ERROR, () -> "access: " + file + " is left out: " + e.getMessage());
    }
  }

  private AccessEntity newer(AccessEntity a, AccessEntity b) {
    try {
      return Files.getLastModifiedTime(file(a.id()))
                  .compareTo(Files.getLastModifiedTime(file(b.id())))
              >= 0
          ? a
          : b;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (stale.isEmpty()) {
      return;
    }
    try {
      for (AccessEntityKind kind : stale) {
        writeList(kind);
      }
      syncFolder();
      Files.deleteIfExists(folder.resolve(MARK));
      syncFolder();
      stale.clear();
    } catch (IOException e) {
      // the mark stays, and the next start rebuilds the lists
      LOG.log(Level.ERROR, "cannot write the lists of access entities", e);
    }
  }
}
