package io.longhouse.cluster.distributed.insert;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.connection.ServerError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that wait for one place, and the thread that sends them, in the order of their
 * numbers. A block that cannot be sent is tried again, ever more rarely, and holds up those behind
 * it; a file that cannot be read is put aside and named in the log.
 */
final class QueueFolder {
  /** Sends the blocks of one INSERT and returns when the other side has acknowledged them. */
  interface Delivery {
    void send(QueuedBlock about, List<NamedBlock> blocks);
  }

  /**
   * How a folder stands.
   *
   * @param error what the last attempt failed with; null after a success
   */
  record Status(
      String path,
      boolean blocked,
      long errors,
      long files,
      long bytes,
      long brokenFiles,
      long brokenBytes,
      @Nullable String error,
      @Nullable Instant errorTime) {}

  private static final System.Logger LOG = System.getLogger(QueueFolder.class.getName());
  private static final String BATCH = "current_batch.txt";

  /** The batch when it was acknowledged: its files only have to be removed. */
  private static final String SENT_BATCH = "sent_batch.txt";

  private static final int BATCH_FILES_MAX = 1000;
  private static final long IDLE_MS = 60_000;

  /** Errors that say that a file is damaged, when they are our own and not another server's. */
  private static final Set<ErrorCode> BROKEN =
      EnumSet.of(
          ErrorCode.CHECKSUM_DOESNT_MATCH,
          ErrorCode.CANNOT_READ_ALL_DATA,
          ErrorCode.ATTEMPT_TO_READ_AFTER_EOF,
          ErrorCode.CANNOT_DECOMPRESS,
          ErrorCode.UNKNOWN_CODEC,
          ErrorCode.TOO_LARGE_SIZE_COMPRESSED,
          ErrorCode.INCORRECT_DATA,
          ErrorCode.UNKNOWN_BLOCK_INFO_FIELD);

  /** One attempt's blocks of which this is the problem: the first file. */
  private static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long number;

    Damaged(long number, LonghouseException why) {
      super(why.getMessage(), why);
      this.number = number;
    }
  }

  private record Waiting(long number, QueuedBlock about) {}

  private final String name;
  private final Disk disk;
  private final QueueOptions options;
  private final Delivery delivery;
  private final long batchRows;

  /** Held while files are sent: one attempt at a time, by the thread or by a flush. */
  private final ReentrantLock sending = new ReentrantLock();

  private final ReentrantLock state = new ReentrantLock();
  private final Condition changed = state.newCondition();
  private final TreeMap<Long, Long> files = new TreeMap<>();
  private long brokenFiles;
  private long brokenBytes;
  private long errors;
  private @Nullable String error;
  private @Nullable Instant errorTime;
  private boolean stopped;
  private boolean blocked;
  private @Nullable Thread thread;

  /**
   * @param name of the folder
   * @param batchRows how many rows make an INSERT large enough
   */
  QueueFolder(String name, Disk disk, QueueOptions options, Delivery delivery, long batchRows) {
    this.name = name;
    this.disk = disk;
    this.options = options;
    this.delivery = delivery;
    this.batchRows = batchRows;
    disk.createFolders(name + "/tmp");
    disk.createFolders(name + "/broken");
    for (String left : disk.list(name + "/tmp")) {
      disk.remove(name + "/tmp/" + left); // of an INSERT that was not acknowledged
    }
    removeSent();
    for (String f : disk.list(name)) {
      if (f.endsWith(".bin")) {
        files.put(Long.parseLong(f.substring(0, f.length() - 4)), disk.size(name + "/" + f));
      }
    }
    for (String f : disk.list(name + "/broken")) {
      brokenFiles++;
      brokenBytes += disk.size(name + "/broken/" + f);
    }
  }

  String name() {
    return name;
  }

  /** The largest number that a file has had; 0 for none. */
  long lastNumber() {
    state.lock();
    try {
      return files.isEmpty() ? 0 : files.lastKey();
    } finally {
      state.unlock();
    }
  }

  /** Begins to send. */
  void start() {
    state.lock();
    try {
      if (thread == null && !stopped) {
        thread = Thread.ofVirtual().name("distributed " + name).start(this::work);
      }
    } finally {
      state.unlock();
    }
  }

  /** A file is there to be sent. */
  void added(long number, long bytes) {
    state.lock();
    try {
      files.put(number, bytes);
      changed.signalAll();
    } finally {
      state.unlock();
    }
  }

  /** Whether sending waits for a START. */
  void block(boolean on) {
    state.lock();
    try {
      blocked = on;
      changed.signalAll();
    } finally {
      state.unlock();
    }
  }

  Status status() {
    state.lock();
    try {
      long bytes = files.values().stream().mapToLong(Long::longValue).sum();
      return new Status(
          disk.absolute(name),
          blocked,
          errors,
          files.size(),
          bytes,
          brokenFiles,
          brokenBytes,
          error,
          errorTime);
    } finally {
      state.unlock();
    }
  }

  /** Ends sending; what is being sent is let go to its end for a while. */
  void close() {
    Thread t;
    state.lock();
    try {
      stopped = true;
      t = thread;
      changed.signalAll();
    } finally {
      state.unlock();
    }
    if (t != null) {
      t.interrupt();
      try {
        t.join(1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Sends all there is, now.
   *
   * @throws LonghouseException what an attempt failed with; what was not sent stays
   */
  void flush() {
    sending.lock();
    try {
      while (sendNext()) {
        // one INSERT after the other
      }
    } finally {
      sending.unlock();
    }
  }

  /** Forgets all blocks. */
  void clear() {
    sending.lock();
    try {
      state.lock();
      try {
        for (long number : files.keySet()) {
          disk.remove(file(number));
        }
        files.clear();
        disk.remove(name + "/" + BATCH);
        disk.remove(name + "/" + SENT_BATCH);
      } finally {
        state.unlock();
      }
    } finally {
      sending.unlock();
    }
  }

  private void work() {
    while (awaitWork()) {
      try {
        flush();
        noteSuccess();
      } catch (RuntimeException e) {
        noteFailure(e);
      }
    }
  }

  /** Waits until there is something to send; false when no more shall be. */
  private boolean awaitWork() {
    state.lock();
    try {
      long wait = error == null ? 0 : pauseMs();
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
      while (!stopped) {
        long left = until - System.nanoTime();
        boolean idle = files.isEmpty() || blocked;
        if (!idle && left <= 0) {
          return true;
        }
        changed.await(idle ? TimeUnit.MILLISECONDS.toNanos(IDLE_MS) : left, TimeUnit.NANOSECONDS);
      }
      return false;
    } catch (InterruptedException e) {
      return false;
    } finally {
      state.unlock();
    }
  }

  private long pauseMs() {
    long base = Math.max(1, options.number("background_insert_sleep_time_ms"));
    long most = Math.max(1, options.number("background_insert_max_sleep_time_ms"));
    return errors >= 32 ? most : Math.min(most, base << Math.min(errors, 30));
  }

  private void noteSuccess() {
    state.lock();
    try {
      errors = errors / 2;
      error = null;
    } finally {
      state.unlock();
    }
  }

  private void noteFailure(RuntimeException e) {
    state.lock();
    try {
      if (stopped) {
        return;
      }
      errors++;
      error = e.getMessage() == null ? e.toString() : e.getMessage();
      errorTime = Instant.now();
    } finally {
      state.unlock();
    }
    LOG.log(Level.WARNING, "blocks in " + disk.absolute(name) + " could not be sent", e);
  }

  /** Sends the next INSERT; false when there is none. */
  private boolean sendNext() {
    List<Long> numbers = batchLeft();
    boolean fromFile = !numbers.isEmpty();
    if (!fromFile) {
      numbers = upcoming();
    }
    if (numbers.isEmpty()) {
      return false;
    }
    try {
      List<Waiting> batch = fromFile ? described(numbers) : fitting(numbers);
      if (batch.size() > 1 && !fromFile) {
        writeBatch(batch);
      }
      sendSplitting(batch);
      if (disk.exists(name + "/" + BATCH)) {
        disk.move(name + "/" + BATCH, name + "/" + SENT_BATCH);
        disk.syncFolder(name);
      }
      batch.forEach(w -> sent(w.number));
      disk.remove(name + "/" + SENT_BATCH);
    } catch (Damaged d) {
      putAside(d);
    }
    if (Thread.interrupted()) {
      throw new LonghouseException(ErrorCode.ABORTED, "Sending was stopped");
    }
    return true;
  }

  private void sendSplitting(List<Waiting> batch) {
    try {
      send(batch);
    } catch (LonghouseException e) {
      if (batch.size() < 2
          || !(e instanceof ServerError)
          || !options.isOn("background_insert_split_batch_on_failure")) {
        throw e;
      }
      disk.remove(name + "/" + BATCH);
      for (Waiting w : batch) {
        send(List.of(w));
        sent(w.number);
      }
    }
  }

  private void send(List<Waiting> batch) {
    List<NamedBlock> blocks = new ArrayList<>();
    for (Waiting w : batch) {
      blocks.add(
          guarded(
              w.number,
              in -> {
                QueuedBlock.read(in, file(w.number));
                return w.about.block(in, file(w.number));
              }));
    }
    delivery.send(batch.getFirst().about, blocks);
  }

  /** The files of an INSERT that may have arrived although its answer did not. */
  private List<Long> batchLeft() {
    List<Long> numbers = numbersIn(name + "/" + BATCH).stream().filter(files::containsKey).toList();
    if (numbers.isEmpty()) {
      disk.remove(name + "/" + BATCH);
    }
    return numbers;
  }

  private List<Long> numbersIn(String batch) {
    if (!disk.exists(batch)) {
      return List.of();
    }
    String text = new String(disk.readAll(batch), StandardCharsets.UTF_8);
    return text.lines().filter(l -> !l.isBlank()).map(l -> Long.parseLong(l.strip())).toList();
  }

  private void removeSent() {
    for (long number : numbersIn(name + "/" + SENT_BATCH)) {
      disk.remove(file(number));
    }
    disk.remove(name + "/" + SENT_BATCH);
  }

  private List<Long> upcoming() {
    int most = options.isOn("background_insert_batch") ? BATCH_FILES_MAX : 1;
    state.lock();
    try {
      return files.keySet().stream().limit(most).toList();
    } finally {
      state.unlock();
    }
  }

  private List<Waiting> described(List<Long> numbers) {
    List<Waiting> all = new ArrayList<>();
    for (long n : numbers) {
      all.add(new Waiting(n, guarded(n, in -> QueuedBlock.read(in, file(n)))));
    }
    return all;
  }

  /** As many of the first files as go into one INSERT. */
  private List<Waiting> fitting(List<Long> numbers) {
    List<Waiting> batch = new ArrayList<>();
    long rows = 0;
    for (Iterator<Long> i = numbers.iterator(); i.hasNext() && rows < batchRows; ) {
      long n = i.next();
      QueuedBlock about;
      try {
        about = guarded(n, in -> QueuedBlock.read(in, file(n)));
      } catch (Damaged d) {
        if (batch.isEmpty()) {
          throw d;
        }
        break;
      }
      if (!batch.isEmpty() && !batch.getFirst().about.goesWith(about)) {
        break;
      }
      batch.add(new Waiting(n, about));
      rows += about.rows();
    }
    return batch;
  }

  private void writeBatch(List<Waiting> batch) {
    var text = new StringBuilder();
    batch.forEach(w -> text.append(w.number).append('\n'));
    String temporary = name + "/tmp/" + BATCH;
    disk.remove(temporary);
    try (var out = disk.create(temporary)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    disk.sync(List.of(temporary));
    disk.move(temporary, name + "/" + BATCH);
    disk.syncFolder(name);
  }

  private void sent(long number) {
    state.lock();
    try {
      files.remove(number);
    } finally {
      state.unlock();
    }
    disk.remove(file(number));
  }

  private void putAside(Damaged d) {
    String what = disk.absolute(file(d.number)) + " cannot be read and is put into broken/: ";
    LOG.log(Level.ERROR, what + d.getMessage());
    long bytes = disk.size(file(d.number));
    disk.move(file(d.number), name + "/broken/" + d.number + ".bin");
    state.lock();
    try {
      files.remove(d.number);
      brokenFiles++;
      brokenBytes += bytes;
    } finally {
      state.unlock();
    }
  }

  private interface Reading<T> {
    T from(InputStream in);
  }

  private <T> T guarded(long number, Reading<T> reading) {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(Path.of(disk.absolute(file(number)))))) {
      return reading.from(in);
    } catch (LonghouseException e) {
      if (BROKEN.contains(e.errorCode())) {
        throw new Damaged(number, e);
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(file(number) + ": " + e.getMessage(), e);
    }
  }

  private String file(long number) {
    return name + "/" + number + ".bin";
  }
}
