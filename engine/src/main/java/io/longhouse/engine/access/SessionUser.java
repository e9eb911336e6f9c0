package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The user of a session with the roles that it chose. Access is computed when it is first asked for
 * after a change.
 */
public final class SessionUser {
  private final AccessControl control;
  private final UUID id;
  private final String name;
  private @Nullable Set<UUID> roles;
  private @Nullable SessionAccess access;
  private long version = -1;

  SessionUser(AccessControl control, User user) {
    this.control = control;
    this.id = user.id();
    this.name = user.name();
  }

  public String name() {
    return name;
  }

  public UUID id() {
    return id;
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
    SessionAccess made = SessionAccess.of(control, u, roles);
    access = made;
    version = now;
    return made;
  }
}
