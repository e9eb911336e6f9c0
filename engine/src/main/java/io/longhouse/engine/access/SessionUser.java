package io.longhouse.engine.access;

import io.longhouse.engine.access.AuthenticationMethod.Kind;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The user of a session with the roles that it chose and with what its login brought along. Access
 * is computed when it is first asked for after a change.
 */
public final class SessionUser {
  /**
   * What a login has proved and given.
   *
   * @param authenticated the name of who logged in, also when it acts as somebody else
   * @param validUntilSec seconds since 1970 after which no statement begins; 0 for never
   * @param roles in force whatever roles the session chooses
   * @param settings values that the session cannot change
   */
  public record Admission(
      String authenticated,
      Kind method,
      long validUntilSec,
      Set<UUID> roles,
      Map<String, String> settings) {
    public Admission {
      roles = Set.copyOf(roles);
      settings = Map.copyOf(settings);
    }

    /** The same login, acting as somebody else: what a token gave is not that one's. */
    Admission asAnother() {
      return new Admission(authenticated, method, validUntilSec, Set.of(), Map.of());
    }
  }

  private final AccessControl control;
  private final UUID id;
  private final String name;
  private volatile Admission admission;
  private @Nullable Set<UUID> roles;
  private @Nullable SessionAccess access;
  private long version = -1;

  SessionUser(AccessControl control, User user, Admission admission) {
    this.control = control;
    this.id = user.id();
    this.name = user.name();
    this.admission = admission;
  }

  public String name() {
    return name;
  }

  public UUID id() {
    return id;
  }

  public Admission admission() {
    return admission;
  }

  private record Identity(UUID user, Set<UUID> roles, Map<String, String> settings) {}

  /** Equal for logins of the same user that gave the same. */
  public Object identity() {
    return new Identity(id, admission.roles, admission.settings);
  }

  /** Lasts as long as a later login. */
  public void renew(SessionUser later) {
    Admission a = admission;
    admission =
        new Admission(
            a.authenticated, a.method, later.admission.validUntilSec, a.roles, a.settings);
  }

  /**
   * @throws LonghouseException USER_EXPIRED (720)
   */
  public void checkValid(long nowSec) {
    long until = admission.validUntilSec;
    if (until != 0 && nowSec >= until) {
      throw new LonghouseException(
          ErrorCode.USER_EXPIRED, "Authentication method used has expired");
    }
  }

  /**
   * The same login, acting as somebody else.
   *
   * @throws LonghouseException SUPPORT_IS_DISABLED (344), ACCESS_DENIED (497), UNKNOWN_USER (192)
   */
  public SessionUser impersonate(String other) {
    control.checkImpersonation();
    access().check(Privilege.IMPERSONATE, other);
    User user = (User) control.require(io.longhouse.sql.ast.AccessEntityKind.USER, other);
    return new SessionUser(control, user, admission.asAnother());
  }

  /** The roles of SET ROLE; null for the default ones. */
  synchronized void roles(@Nullable Set<UUID> chosen) {
    roles = chosen == null ? null : Set.copyOf(chosen);
    access = null;
  }

  /**
   * What the user may do now.
   *
   * @throws LonghouseException UNKNOWN_USER (192) when the user was dropped
   */
  public synchronized SessionAccess access() {
    long now = control.version();
    SessionAccess known = access;
    if (known != null && version == now) {
      return known;
    }
    if (!(control.find(id) instanceof User u)) {
      throw new LonghouseException(ErrorCode.UNKNOWN_USER, name + ": User has been dropped");
    }
    SessionAccess made =
        roles == null
            ? control.access(identity(), now, () -> SessionAccess.of(control, u, null, admission))
            : SessionAccess.of(control, u, roles, admission);
    access = made;
    version = now;
    return made;
  }
}
