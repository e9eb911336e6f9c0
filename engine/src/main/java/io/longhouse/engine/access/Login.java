package io.longhouse.engine.access;

import io.longhouse.engine.access.AuthenticationMethod.Kind;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets users in. Every refusal has the same text and does the same work, whether the user exists,
 * comes from a wrong place, is expired or gives a wrong password. After some wrong tries a user at
 * an address has to wait, twice as long each time; tries in between are refused at once. Tokens do
 * not wait: a signature cannot be guessed.
 */
public final class Login {
  /** Checks tokens; the engine has none of its own. */
  public interface Tokens {
    Tokens NONE = token -> null;

    /** Whom a token speaks of, or null when it is not genuine or not valid now. */
    @Nullable TokenIdentity verify(String token);

    /** As {@code system.user_directories} shows it; null when those who are no users stay out. */
    default @Nullable String directory() {
      return null;
    }
  }

  private static final int FREE_TRIES = 5;
  private static final long WAIT_MS = 500;
  private static final long WAIT_MS_MAX = 30_000;
  private static final int REMEMBERED = 10_000;

  /** Roles that the server makes itself: no claim of roles gives them. */
  private static final String OWN_ROLE = "tenant";

  private static final class Tries {
    int failed;
    long until;
  }

  /** By a slow hash's text: what password it was found to be of, under a key of this process. */
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
   * @throws LonghouseException AUTHENTICATION_FAILED (516), QUOTA_EXCEEDED (201)
   */
  public SessionUser login(Credentials shown, String address) {
    return shown instanceof Credentials.Token t
        ? byToken(t.token(), address)
        : byProof(shown, address);
  }

  private long nowSec() {
    return clock.millis() / 1000;
  }

  private static LonghouseException refused(String name) {
    return new LonghouseException(
        ErrorCode.AUTHENTICATION_FAILED,
        name
            + ": Authentication failed: password is incorrect, or there is no user with such"
            + " name.");
  }

  // ---- Tokens

  /**
   * A user for the server's own work on its behalf, with nothing that only a login brings.
   *
   * @throws LonghouseException UNKNOWN_USER (192)
   */
  public SessionUser withoutProof(String name) {
    User user = (User) control.require(AccessEntityKind.USER, name);
    return new SessionUser(
        control,
        user,
        new SessionUser.Admission(name, Kind.NO_AUTHENTICATION, 0, Set.of(), Map.of()));
  }

  /**
   * A user whose login another server has seen.
   *
   * @param address where the user came from, in digits
   * @param roles names of those in force there; null for the default ones
   * @throws LonghouseException AUTHENTICATION_FAILED (516)
   */
  public SessionUser onBehalf(String name, String address, @Nullable List<String> roles) {
    User user = control.user(name);
    if (user == null || !user.hosts().contains(address)) {
      throw refused(name);
    }
    var as =
        new SessionUser(
            control,
            user,
            new SessionUser.Admission(name, Kind.NO_AUTHENTICATION, 0, Set.of(), Map.of()));
    if (roles != null) {
      Set<UUID> chosen = new HashSet<>();
      for (String role : roles) {
        UUID id = control.find(AccessEntityKind.ROLE, role);
        if (id != null && user.roles().contains(id)) {
          chosen.add(id);
        }
      }
      if (!chosen.equals(as.access().currentRoles())) {
        as.roles(chosen);
      }
    }
    return as;
  }

  /**
   * The same with chosen roles, of those that the user has.
   *
   * @throws LonghouseException UNKNOWN_USER (192), UNKNOWN_ROLE (511)
   */
  public SessionUser withoutProof(String name, List<String> roles) {
    SessionUser user = withoutProof(name);
    Set<UUID> chosen = new HashSet<>();
    for (String role : roles) {
      chosen.add(control.require(AccessEntityKind.ROLE, role).id());
    }
    User known = (User) control.require(AccessEntityKind.USER, name);
    chosen.retainAll(known.roles().ids());
    user.roles(chosen);
    return user;
  }

  private SessionUser byToken(String token, String address) {
    TokenIdentity who = tokens.verify(token);
    if (who == null) {
      throw refused("token");
    }
    User user = control.user(who.name());
    long until = who.expiresSec();
    if (user == null || control.isStranger(user)) {
      user = control.stranger(who);
    } else {
      AuthenticationMethod method = method(user, who);
      long ends = method == null ? 0 : method.validUntil();
      until = until == 0 ? ends : ends == 0 ? until : Math.min(until, ends);
      user = method == null ? null : user;
    }
    if (user == null || !user.hosts().contains(address)) {
      throw refused(who.name());
    }
    var admission =
        new SessionUser.Admission(who.name(), Kind.JWT, until, roles(who), who.settings());
    return new SessionUser(control, user, admission);
  }

  private @Nullable AuthenticationMethod method(User user, TokenIdentity who) {
    for (AuthenticationMethod m : user.authentication()) {
      boolean valid = m.validUntil() == 0 || nowSec() < m.validUntil();
      String claims = m.parameters().get("CLAIMS");
      if (m.kind() == Kind.JWT && valid && (claims == null || who.claims().test(claims))) {
        return m;
      }
    }
    return null;
  }

  private Set<UUID> roles(TokenIdentity who) {
    Set<UUID> roles = new HashSet<>();
    for (String name : who.roles()) {
      UUID id = name.startsWith(OWN_ROLE) ? null : control.find(AccessEntityKind.ROLE, name);
      if (id != null) {
        roles.add(id);
      }
    }
    for (String name : who.requiredRoles()) {
      UUID id = control.find(AccessEntityKind.ROLE, name);
      if (id == null) {
        throw refused(who.name());
      }
      roles.add(id);
    }
    return roles;
  }

  // ---- Passwords and certificates

  private SessionUser byProof(Credentials shown, String address) {
    String name = shown.user();
    String key = name + "\0" + address;
    User user = control.user(name);
    SessionQuota quota = user == null ? null : SessionQuota.ofLogin(control, user, address);
    if (quota != null) {
      quota.use(Quota.Resource.FAILED_SEQUENTIAL_AUTHENTICATIONS, 1);
    }
    boolean waits = waits(key);
    boolean known = user != null && user.hosts().contains(address);
    AuthenticationMethod proved = proved(user, shown);
    if (user != null && known && proved == null && !waits) {
      proved = admitted(user, shown);
    }
    if (user == null || !known || proved == null || waits) {
      if (!waits) {
        failed(key);
      }
      throw refused(name);
    }
    synchronized (tries) {
      tries.remove(key);
    }
    if (quota != null) {
      quota.reset(Quota.Resource.FAILED_SEQUENTIAL_AUTHENTICATIONS);
    }
    var admission =
        new SessionUser.Admission(name, proved.kind(), proved.validUntil(), Set.of(), Map.of());
    return new SessionUser(control, user, admission);
  }

  /** A method by which a server elsewhere lets somebody in. */
  private @Nullable AuthenticationMethod admitted(User user, Credentials shown) {
    if (!(shown instanceof Credentials.Password p)) {
      return null;
    }
    long now = nowSec();
    for (AuthenticationMethod m : user.authentication()) {
      boolean valid = m.validUntil() == 0 || now < m.validUntil();
      String server = m.parameters().get("SERVER");
      if (m.kind() == Kind.HTTP && valid && control.http().admits(server, p.user(), p.password())) {
        return m;
      }
    }
    return null;
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

  /** The method that lets in; null for none. All of them are tried, whichever it is. */
  private @Nullable AuthenticationMethod proved(@Nullable User user, Credentials shown) {
    AuthenticationMethod found = null;
    boolean slow = false;
    if (user == null) {
      matches(NOBODY, shown);
    } else {
      long now = nowSec();
      for (AuthenticationMethod m : user.authentication()) {
        boolean valid = m.validUntil() == 0 || now < m.validUntil();
        slow |= m.kind() == Kind.BCRYPT_PASSWORD;
        if (matches(m, shown) & valid & found == null) {
          found = m;
        }
      }
    }
    if (found == null && !slow && shown instanceof Credentials.Password p) {
      // Where some have bcrypt, which is slow, every refusal takes as long.
      control.slowHash().ifPresent(hash -> PasswordHashes.isBcrypt(p.password(), hash));
    }
    return found;
  }

  private boolean isBcrypt(String password, String hash) {
    return isProven(password, hash, () -> PasswordHashes.isBcrypt(password, hash));
  }

  private boolean isScram(String password, AuthenticationMethod m) {
    return isProven(
        password,
        m.salt() + m.secret(),
        () -> PasswordHashes.equal(m.secret(), PasswordHashes.scramSha256(password, m.salt())));
  }

  /** Some hashes are slow on purpose; who has proved it once need not wait at each request. */
  private boolean isProven(String password, String hash, BooleanSupplier slowly) {
    String digest = PasswordHashes.sha256(password, processKey);
    synchronized (proven) {
      String known = proven.get(hash);
      if (known != null && PasswordHashes.equal(known, digest)) {
        return true;
      }
    }
    boolean right = slowly.getAsBoolean();
    if (right) {
      synchronized (proven) {
        proven.put(hash, digest);
      }
    }
    return right;
  }

  private boolean matches(AuthenticationMethod m, Credentials shown) {
    return switch (shown) {
      case Credentials.Token _ -> false;
      case Credentials.Certificate c ->
          m.kind() == Kind.SSL_CERTIFICATE && c.certificate().meets(m);
      case Credentials.Password p ->
          m.kind() == Kind.SSL_CERTIFICATE ? p.certificate().meets(m) : matches(m, p.password());
    };
  }

  private boolean matches(AuthenticationMethod m, String password) {
    return switch (m.kind()) {
      case NO_PASSWORD -> {
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
      case SCRAM_SHA256_PASSWORD -> isScram(password, m);
      case BCRYPT_PASSWORD -> isBcrypt(password, m.secret());
      case SSL_CERTIFICATE, JWT, LDAP, KERBEROS, SSH_KEY, HTTP, NO_AUTHENTICATION -> false;
    };
  }
}
