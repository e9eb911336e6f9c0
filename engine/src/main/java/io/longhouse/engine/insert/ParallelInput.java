package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.format.ChunkSplitter;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputFormatFactory;
import io.longhouse.format.InputOptions;
import io.longhouse.format.MissingValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Rows as text, cut between rows into pieces that the query's threads read side by side. Blocks
 * come out in the order of the input. For one caller at a time, who fetches the bytes, reads the
 * first piece itself (it may hold a header that the others need) and takes the blocks; an input of
 * one piece costs no other thread anything.
 *
 * <p>Invariants: {@link #pieces} are in the order of the input; a piece's fields are guarded by the
 * piece; its bytes are used again only when its reader has ended.
 */
final class ParallelInput implements InputFormat, AutoCloseable {
  /** Rows that a thread reads in one step: some milliseconds. */
  private static final int STEP_ROWS = 1 << 14;

  private static final int FIRST_BYTES = 1 << 16;

  /** A row longer than that is read in one go with all behind it. */
  private static final int PIECE_BYTES_MAX = 1 << 28;

  /** What is read and how. */
  record Format(
      InputFormatFactory factory,
      ChunkSplitter splitter,
      Header header,
      FormatSettings settings,
      InputOptions options) {
    Format {
      options = options.withBlockRows(STEP_ROWS);
    }

    InputFormat reader(ByteReader in, @Nullable InputFormat first, long rowsBefore) {
      return factory.create(
          header, settings, in, first == null ? options : options.piece(first, rowsBefore));
    }
  }

  private final Format format;
  private final InputStream source;
  private final int pieceBytes;
  private final QueryContext context;
  private final Scheduler.Group group;
  private final int piecesMax;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private byte[] carry = new byte[0];
  private @Nullable InputFormat first;
  private @Nullable InputFormat serial;
  private @Nullable InputStream undivided;
  private MissingValues missing;
  private boolean ended;
  private long rows;
  private long bytes;
  private long charged;

  ParallelInput(
      Format format,
      InputStream source,
      int pieceBytes,
      QueryContext context,
      Scheduler.Group group,
      int threads) {
    this.format = format;
    this.source = source;
    this.pieceBytes = pieceBytes;
    this.context = context;
    this.group = group;
    this.piecesMax = threads + 1;
    this.missing = new MissingValues(format.header().size());
  }

  /** Bytes taken from the source. */
  long bytes() {
    return bytes;
  }

  @Override
  public MissingValues missing() {
    return missing;
  }

  @Override
  public @Nullable Block read() {
    if (first == null) {
      serial = first = format.reader(firstPiece(), null, 0);
    }
    while (true) {
      InputFormat alone = serial;
      if (alone != null) {
        Block block = alone.read();
        if (block != null) {
          missing = alone.missing();
          rows += block.rows();
          return block;
        }
        serial = null;
      }
      fill();
      Piece next = pieces.peek();
      if (next != null) {
        Parsed parsed = next.take();
        if (parsed != null) {
          missing = parsed.missing();
          rows += parsed.block().rows();
          return parsed.block();
        }
        pieces.remove();
        spare.add(next.bytes);
      } else if (undivided != null) {
        serial = format.reader(new ByteReader(undivided, 1 << 20), first, rows);
        undivided = null;
      } else {
        return null;
      }
    }
  }

  private ByteReader firstPiece() {
    byte[] b = new byte[Math.min(FIRST_BYTES, pieceBytes)];
    int n = fetch(b, 0);
    while (!ended && n < pieceBytes) {
      b = Arrays.copyOf(b, Math.min(pieceBytes, b.length * 4));
      n = fetch(b, n);
    }
    int cut = ended ? n : format.splitter().boundary(b, 0, n);
    if (cut == 0 && !ended) {
      ended = true;
      return new ByteReader(
          new SequenceInputStream(new ByteArrayInputStream(b, 0, n), source), 1 << 20);
    }
    carry = Arrays.copyOfRange(b, cut, n);
    return new ByteReader(b, 0, cut);
  }

  /** Fills the array from the source; notes its end. */
  private int fetch(byte[] b, int from) {
    try {
      int got = source.readNBytes(b, from, b.length - from);
      bytes += got;
      ended = from + got < b.length;
      return from + got;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts pieces and has them read, as many as there may be at once. */
  private void fill() {
    while (!ended && pieces.size() < piecesMax) {
      context.checkStopped();
      Piece p = cut();
      if (p != null) {
        pieces.add(p);
        group.wakeUp(p);
      }
    }
  }

  private @Nullable Piece cut() {
    byte[] b = spare.poll();
    if (b == null || b.length <= carry.length) {
      b = charged(Math.max(pieceBytes, carry.length * 2));
    }
    System.arraycopy(carry, 0, b, 0, carry.length);
    int n = carry.length;
    while (true) {
      n = fetch(b, n);
      int cut = ended ? n : format.splitter().boundary(b, 0, n);
      if (cut > 0 || ended) {
        carry = Arrays.copyOfRange(b, cut, n);
        return cut == 0 ? null : new Piece(b, cut);
      }
      if (b.length >= PIECE_BYTES_MAX) {
        ended = true;
        undivided = new SequenceInputStream(new ByteArrayInputStream(b, 0, n), source);
        return null;
      }
      byte[] longer = charged(b.length * 2);
      System.arraycopy(b, 0, longer, 0, n);
      b = longer;
    }
  }

  /** A new array, which counts as the query's memory until the input is closed. */
  private byte[] charged(int length) {
    context.memory().charge(length);
    charged += length;
    return new byte[length];
  }

  /** Lets pieces that nobody wants any more end. */
  @Override
  public void close() {
    pieces.forEach(Piece::giveUp);
    pieces.clear();
    context.memory().charge(-charged);
    charged = 0;
  }

  private record Parsed(Block block, MissingValues missing) {}

  /** Whole rows, read by a thread of the query block by block. */
  private final class Piece implements Scheduler.Task {
    private final byte[] bytes;
    private final int length;
    private final Deque<Parsed> ready = new ArrayDeque<>();
    private @Nullable InputFormat reader;
    private @Nullable Throwable failure;
    private boolean done;
    private long rowsTaken;

    Piece(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }

    @Override
    public Scheduler.Outcome step() {
      Parsed parsed = null;
      Throwable failed = null;
      if (isDone()) {
        return Scheduler.Outcome.DONE;
      }
      try {
        parsed = TimeZones.in(context.timeZone(), this::parse);
      } catch (Throwable e) {
        failed = e;
      }
      synchronized (this) {
        if (parsed != null) {
          ready.add(parsed);
        }
        failure = failed;
        done |= parsed == null;
        notifyAll();
        return done ? Scheduler.Outcome.DONE : Scheduler.Outcome.MORE;
      }
    }

    private synchronized boolean isDone() {
      return done;
    }

    private @Nullable Parsed parse() {
      InputFormat r = reader;
      if (r == null) {
        r = format.reader(new ByteReader(bytes, 0, length), first, 0);
        reader = r;
      }
      Block block = r.read();
      return block == null ? null : new Parsed(block, r.missing());
    }

    /** The next block, or null behind the last one. */
    @Nullable Parsed take() {
      Throwable e;
      synchronized (this) {
        awaitMore();
        Parsed next = ready.poll();
        if (next != null) {
          rowsTaken += next.block().rows();
          return next;
        }
        e = failure;
      }
      if (e != null) {
        throw atItsRow(e);
      }
      return null;
    }

    private synchronized void awaitMore() {
      while (ready.isEmpty() && !done) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          context.cancel();
          context.checkStopped();
        }
      }
    }

    /**
     * The failure with the right number of its row: how many rows stand in front of the piece is
     * known only now, so that it is read once more.
     */
    private RuntimeException atItsRow(Throwable e) {
      if (e instanceof Error error) {
        throw error;
      }
      InputFormat again = format.reader(new ByteReader(bytes, 0, length), first, rows - rowsTaken);
      for (Block b = again.read(); b != null; b = again.read()) {
        context.checkStopped();
      }
      return e instanceof RuntimeException r ? r : new IllegalStateException(e);
    }

    synchronized void giveUp() {
      done = true;
      ready.clear();
    }
  }
}
