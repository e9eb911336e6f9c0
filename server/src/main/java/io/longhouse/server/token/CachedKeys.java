package io.longhouse.server.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are fetched, and again when they are old or a token names one that is not among them.
 *
 * <p>Invariants: one fetch at a time, and never sooner after the last one (also a failed one) than
 * the smallest interval, however many tokens name unknown keys. Keys that cannot be renewed are
 * used for at most twice their lifetime.
 */
final class CachedKeys implements KeySource {
  /** Brings the text of a key set. */
  interface Loader {
    String load() throws IOException;
  }

  private static final System.Logger LOG = System.getLogger(CachedKeys.class.getName());

  private record Fetched(JWKSet keys, long atMs) {}

  private final String name;
  private final Loader loader;
  private final long lifetimeMs;
  private final long intervalMs;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched fetched;
  private volatile long triedMs = Long.MIN_VALUE / 2;

  /**
   * @param name of the processor, for the log
   */
  CachedKeys(String name, Loader loader, long lifetimeMs, long intervalMs, Clock clock) {
    this.name = name;
    this.loader = loader;
    this.lifetimeMs = lifetimeMs;
    this.intervalMs = intervalMs;
    this.clock = clock;
  }

  @Override
  public @Nullable JWK find(String kid) {
    Fetched known = fetched;
    long now = clock.millis();
    JWK key = known == null ? null : known.keys.getKeyByKeyId(kid);
    boolean fresh = known != null && now - known.atMs < lifetimeMs;
    if ((key == null || !fresh) && now - triedMs >= intervalMs) {
      known = fetch();
      key = known == null ? null : known.keys.getKeyByKeyId(kid);
    }
    boolean usable = known != null && now - known.atMs < 2 * lifetimeMs;
    return usable ? key : null;
  }

  private @Nullable Fetched fetch() {
    fetching.lock();
    try {
      if (clock.millis() - triedMs < intervalMs) {
        return fetched; // somebody else was faster
      }
      String text = loader.load();
      fetched = new Fetched(JWKSet.parse(text), clock.millis());
    } catch (IOException | ParseException e) {
      String why = e instanceof ParseException ? "it is not a key set" : String.valueOf(e);
      LOG.log(Level.WARNING, "token processor " + name + ": cannot fetch its keys: " + why);
    } finally {
      triedMs = clock.millis();
      fetching.unlock();
    }
    return fetched;
  }
}
