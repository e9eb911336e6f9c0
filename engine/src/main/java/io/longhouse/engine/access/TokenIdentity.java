package io.longhouse.engine.access;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token that was found to be genuine speaks of, and what it gives to a session.
 *
 * @param name of the user
 * @param roles names of roles that are in force in the session, where there are such
 * @param requiredRoles the same, but nobody is let in where one of them is missing
 * @param settings values that the session has and cannot change
 * @param expiresSec seconds since 1970; 0 for never
 * @param claims whether the token says everything that a JSON object says
 * @param stranger what becomes of somebody who is no user; null when such are not let in
 */
public record TokenIdentity(
    String name,
    List<String> roles,
    List<String> requiredRoles,
    Map<String, String> settings,
    long expiresSec,
    Predicate<String> claims,
    @Nullable Stranger stranger) {
  public TokenIdentity {
    roles = List.copyOf(roles);
    requiredRoles = List.copyOf(requiredRoles);
    settings = Map.copyOf(settings);
  }

  /**
   * A user that there is only as long as its token is valid.
   *
   * @param processor by which it was verified: another's user of the same name is another user
   * @param profile of its settings; empty for none
   */
  public record Stranger(String processor, String profile) {}
}
