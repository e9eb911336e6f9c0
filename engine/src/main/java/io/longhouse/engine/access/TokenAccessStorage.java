package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Users that came with a token and are no users otherwise. They are there until the last of their
 * tokens has expired. Their ids follow from their names, so that policies and quotas that name them
 * still mean them when they come again. They hold nothing themselves: what they may do is in their
 * sessions' roles.
 */
final class TokenAccessStorage extends ListedAccessStorage implements ReadOnlyAccessStorage {
  private static final int USERS_MAX = 200_000;

  private final Map<UUID, Long> expires = new HashMap<>();
  private final String parameters;
  private long sweptSec;

  TokenAccessStorage(String parameters) {
    super("token");
    this.parameters = parameters;
  }

  /** The user that a token speaks of. */
  synchronized User user(TokenIdentity who, TokenIdentity.Stranger stranger, ProfileElements with) {
    sweep(System.currentTimeMillis() / 1000);
    UUID id =
        UUID.nameUUIDFromBytes(
            ("token\0" + stranger.processor() + "\0" + who.name())
                .getBytes(StandardCharsets.UTF_8));
    long until = who.expiresSec() == 0 ? Long.MAX_VALUE : who.expiresSec();
    if (find(id) instanceof User known && known.settings().equals(with)) {
      expires.merge(id, until, Math::max);
      return known;
    }
    if (expires.size() >= USERS_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_SIMULTANEOUS_QUERIES, "Too many users that came with tokens");
    }
    User made =
        new User(
            id,
            who.name(),
            List.of(AuthenticationMethod.of(AuthenticationMethod.Kind.JWT, "", "")),
            AllowedHosts.ANY,
            new AccessRights(),
            GrantedRoles.NONE,
            Subjects.ALL,
            Subjects.ALL,
            "",
            with);
    know(id, AccessEntityKind.USER, who.name(), made);
    expires.merge(id, until, Math::max);
    return made;
  }

  /** Once a minute is often enough: who has expired may do nothing any more. */
  private void sweep(long nowSec) {
    if (nowSec - sweptSec < 60) {
      return;
    }
    sweptSec = nowSec;
    expires
        .entrySet()
        .removeIf(e -> {
          boolean over = e.getValue() < nowSec;
          if (over) {
            forget(e.getKey());
          }
          return over;
        });
  }

  @Override
  public String type() {
    return "token";
  }

  @Override
  public String parameters() {
    return parameters;
  }
}
