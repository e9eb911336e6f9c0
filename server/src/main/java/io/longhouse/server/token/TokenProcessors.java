package io.longhouse.server.token;

import com.nimbusds.jwt.SignedJWT;
import io.longhouse.engine.access.Login;
import io.longhouse.engine.access.TokenIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All processors: the first that finds a token genuine says whose it is. */
public final class TokenProcessors implements Login.Tokens, AutoCloseable {
  private static final int LENGTH_MAX = 16 << 10;
  private static final int REMEMBERED = 10_000;

  /** What was found of a token a moment ago. */
  private record Known(TokenIdentity who, long untilSec) {}

  private final List<TokenProcessor> processors;
  private final List<AutoCloseable> resources;
  private final @Nullable String directory;
  private final long cacheSec;
  private final Clock clock;

  /** By the digest of a token, so that tokens are not kept. */
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > REMEMBERED;
        }
      };

  TokenProcessors(
      List<TokenProcessor> processors,
      List<AutoCloseable> resources,
      @Nullable String directory,
      long cacheSec,
      Clock clock) {
    this.processors = List.copyOf(processors);
    this.resources = List.copyOf(resources);
    this.directory = directory;
    this.cacheSec = cacheSec;
    this.clock = clock;
  }

  @Override
  public @Nullable String directory() {
    return directory;
  }

  @Override
  public @Nullable TokenIdentity verify(String token) {
    if (token.length() > LENGTH_MAX || processors.isEmpty()) {
      return null;
    }
    long now = clock.millis() / 1000;
    String digest = digest(token);
    synchronized (known) {
      Known k = known.get(digest);
      if (k != null && now < k.untilSec) {
        return k.who;
      }
    }
    TokenIdentity who = check(token, now);
    if (who != null && cacheSec > 0) {
      long until = now + cacheSec;
      synchronized (known) {
        known.put(
            digest,
            new Known(who, who.expiresSec() == 0 ? until : Math.min(until, who.expiresSec())));
      }
    }
    return who;
  }

  private @Nullable TokenIdentity check(String token, long now) {
    SignedJWT signed;
    try {
      signed = SignedJWT.parse(token);
    } catch (ParseException | RuntimeException e) {
      return null; // no signed token at all; why is nobody's business
    }
    for (TokenProcessor p : processors) {
      TokenIdentity who = p.verify(signed, now);
      if (who != null) {
        return who;
      }
    }
    return null;
  }

  private static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable r : resources) {
      try {
        r.close();
      } catch (Exception e) {
        System.getLogger(TokenProcessors.class.getName())
            .log(System.Logger.Level.DEBUG, () -> "closing: " + e);
      }
    }
  }
}
