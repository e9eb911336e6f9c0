package io.longhouse.engine.tenancy.store;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The file, an H2 MVStore with these maps:
 *
 * <pre>
 * numbers   name          -> number        "format" is 1
 * spaces    serial        -> record
 * tenants   serial        -> record
 * names     space, name   -> serial
 * ids       space, id     -> serial
 * serials   space, serial -> serial
 * counts    space         -> number of tenants
 * </pre>
 *
 * Records are text, as {@code io.longhouse.tenancy.Records} has it. Nothing is written but by
 * {@link #write}, so that a crash leaves what one of its calls has left; a page that is no longer
 * in use is written over only after the sync of what replaced it.
 */
final class TenantFile implements AutoCloseable {
  private static final long FORMAT = 1;
  private static final String FORMAT_KEY = "format";
  private static final int CACHE_MB = 16;

  /** A change writes a page of each map it touches, and the pages above it. */
  private static final int PAGE_BYTES = 4096;

  /** How long pages stay that nobody reads by now, for those who began to read before. */
  private static final int RETENTION_MS = 10_000;

  private static final int WRITES_BETWEEN_COMPACTIONS = 1000;
  private static final int FILL_PERCENT_MIN = 90;
  private static final int COMPACTED_BYTES_MAX = 16 << 20;

  private final MVStore store;
  private final MVMap<String, Long> numbers;
  private final MVMap<Long, String> spaces;
  private final MVMap<Long, String> tenants;
  private final MVMap<byte[], Long> names;
  private final MVMap<byte[], Long> ids;
  private final MVMap<byte[], Long> serials;
  private final MVMap<Long, Long> counts;
  private int writes;

  private TenantFile(MVStore store) {
    this.store = store;
    numbers = map("numbers", StringDataType.INSTANCE, LongDataType.INSTANCE);
    spaces = map("spaces", LongDataType.INSTANCE, StringDataType.INSTANCE);
    tenants = map("tenants", LongDataType.INSTANCE, StringDataType.INSTANCE);
    names = map("names", IndexKeyType.INSTANCE, LongDataType.INSTANCE);
    ids = map("ids", IndexKeyType.INSTANCE, LongDataType.INSTANCE);
    serials = map("serials", IndexKeyType.INSTANCE, LongDataType.INSTANCE);
    counts = map("counts", LongDataType.INSTANCE, LongDataType.INSTANCE);
  }

  private <K, V> MVMap<K, V> map(
      String name, org.h2.mvstore.type.DataType<K> keys, org.h2.mvstore.type.DataType<V> values) {
    return store.openMap(name, new MVMap.Builder<K, V>().keyType(keys).valueType(values));
  }

  static TenantFile open(Path path) {
    MVStore store = null;
    try {
      store =
          new MVStore.Builder()
              .fileName(path.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .cacheSize(CACHE_MB)
              .pageSplitSize(PAGE_BYTES)
              .open();
      store.setRetentionTime(RETENTION_MS);
      var file = new TenantFile(store);
      Long format = file.numbers.get(FORMAT_KEY);
      if (format == null) {
        file.numbers.put(FORMAT_KEY, FORMAT);
        file.write();
        file.sync();
      } else if (format != FORMAT) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_FORMAT_VERSION,
            path + " has format " + format + ", which a later version has written");
      }
      return file;
    } catch (MVStoreException e) {
      if (store != null) {
        store.closeImmediately();
      }
      throw failed("open " + path, e);
    } catch (RuntimeException e) {
      if (store != null) {
        store.closeImmediately();
      }
      throw e;
    }
  }

  static LonghouseException failed(String what, MVStoreException e) {
    ErrorCode code =
        e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT
            ? ErrorCode.CORRUPTED_DATA
            : ErrorCode.CANNOT_OPEN_FILE;
    String why =
        e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
            ? "another process has it open"
            : String.valueOf(e.getMessage());
    return new LonghouseException(
        code, "Cannot " + what + (what.contains(" ") ? "" : " tenants") + ": " + why, e);
  }

  MVMap<String, Long> numbers() {
    return numbers;
  }

  MVMap<Long, String> spaces() {
    return spaces;
  }

  MVMap<Long, String> tenants() {
    return tenants;
  }

  MVMap<byte[], Long> names() {
    return names;
  }

  MVMap<byte[], Long> ids() {
    return ids;
  }

  MVMap<byte[], Long> serials() {
    return serials;
  }

  MVMap<Long, Long> counts() {
    return counts;
  }

  /** Writes what was changed, which is not durable before {@link #sync}. One thread at a time. */
  void write() {
    store.commit();
    if (++writes % WRITES_BETWEEN_COMPACTIONS == 0) {
      store.sync();
      store.compact(FILL_PERCENT_MIN, COMPACTED_BYTES_MAX);
    }
  }

  void sync() {
    store.sync();
  }

  @Override
  public void close() {
    store.close();
  }
}
