package io.longhouse.engine.access;

import io.longhouse.engine.access.AuthenticationMethod.Kind;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets users in. Every refusal has the same text and does the same work, whether the user exists,
 * comes from a wrong place, is expired or gives a wrong password. After some wrong tries a user at
 * an address has to wait, twice as long each time; tries in between are refused at once.
 */
public final class Login {
  /** What somebody shows to be let in. */
  public record Credentials(
      String password, @Nullable String certificateName, @Nullable String token) {
    public static Credentials password(String password) {
      return new Credentials(password, null, null);
    }

    @Override
    public String toString() {
      return "credentials";
    }
  }

  /** Checks tokens; the engine has none of its own. */
  public interface Tokens {
    boolean verify(User user, String token);
  }

  private static final int FREE_TRIES = 5;
  private static final long WAIT_MS = 500;
  private static final long WAIT_MS_MAX = 30_000;
  private static final int REMEMBERED = 10_000;

  private static final class Tries {
    int failed;
    long until;
  }

  /** By bcrypt's text: what password it was found to be of, under a key of this process. */
  private final Map<String, String> proven =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final String processKey = PasswordHashes.salt();
  private final AccessControl control;
  private final Clock clock;
  private final Tokens tokens;
  private final Map<String, Tries> tries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** What a password is compared with when there is no such user. */
  private static final AuthenticationMethod NOBODY =
      AuthenticationMethod.of(Kind.SHA256_PASSWORD, "00".repeat(32), "0123456789ABCDEF".repeat(4));

  public Login(AccessControl control, Clock clock, Tokens tokens) {
    this.control = control;
    this.clock = clock;
    this.tokens = tokens;
  }

  /**
   * @param address in digits, without a port
   * @throws LonghouseException AUTHENTICATION_FAILED (516)
   */
  public SessionUser login(String name, Credentials shown, String address) {
    String key = name + "\0" + address;
    User user = control.user(name);
    boolean waits = waits(key);
    boolean known = user != null && user.hosts().contains(address);
    boolean right = proves(user, shown);
    if (user == null || !known || !right || waits) {
      if (!waits) {
        failed(key);
      }
      throw refused(name);
    }
    synchronized (tries) {
      tries.remove(key);
    }
    return new SessionUser(control, user);
  }

  private static LonghouseException refused(String name) {
    return new LonghouseException(
        ErrorCode.AUTHENTICATION_FAILED,
        name
            + ": Authentication failed: password is incorrect, or there is no user with such"
            + " name.");
  }

  private boolean waits(String key) {
    synchronized (tries) {
      Tries t = tries.get(key);
      return t != null && clock.millis() < t.until;
    }
  }

  private void failed(String key) {
    synchronized (tries) {
      Tries t = tries.computeIfAbsent(key, _ -> new Tries());
      t.failed++;
      if (t.failed >= FREE_TRIES) {
        long wait = WAIT_MS << Math.min(10, t.failed - FREE_TRIES);
        t.until = clock.millis() + Math.min(WAIT_MS_MAX, wait);
      }
    }
  }

  private boolean proves(@Nullable User user, Credentials shown) {
    boolean right = false;
    if (user == null) {
      matches(NOBODY, shown, null);
      return false;
    }
    long now = clock.millis() / 1000;
    for (AuthenticationMethod m : user.authentication()) {
      boolean valid = m.validUntil() == 0 || now < m.validUntil();
      right |= matches(m, shown, user) & valid;
    }
    return right;
  }

  /** bcrypt is slow on purpose; who has proved it once need not wait at each request. */
  private boolean isBcrypt(String password, String hash) {
    String digest = PasswordHashes.sha256(password, processKey);
    synchronized (proven) {
      String known = proven.get(hash);
      if (known != null && PasswordHashes.equal(known, digest)) {
        return true;
      }
    }
    boolean right = PasswordHashes.isBcrypt(password, hash);
    if (right) {
      synchronized (proven) {
        proven.put(hash, digest);
      }
    }
    return right;
  }

  private boolean matches(AuthenticationMethod m, Credentials shown, @Nullable User user) {
    String password = shown.password();
    return switch (m.kind()) {
      case NO_PASSWORD, NO_AUTHENTICATION -> {
        PasswordHashes.sha256(password, NOBODY.salt());
        yield true;
      }
      case PLAINTEXT_PASSWORD -> {
        PasswordHashes.sha256(password, NOBODY.salt());
        yield PasswordHashes.equalExactly(m.secret(), password);
      }
      case SHA256_PASSWORD ->
          PasswordHashes.equal(m.secret(), PasswordHashes.sha256(password, m.salt()));
      case DOUBLE_SHA1_PASSWORD ->
          PasswordHashes.equal(m.secret(), PasswordHashes.doubleSha1(password));
      case BCRYPT_PASSWORD -> isBcrypt(password, m.secret());
      case SSL_CERTIFICATE -> {
        String name = shown.certificateName();
        yield name != null && m.commonNames().contains(name);
      }
      case JWT -> {
        String token = shown.token();
        yield token != null && user != null && tokens.verify(user, token);
      }
      case LDAP, KERBEROS, SSH_KEY, HTTP, SCRAM_SHA256_PASSWORD -> false;
    };
  }
}
