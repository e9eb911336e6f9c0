package io.longhouse.server.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.longhouse.engine.access.TokenIdentity;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One processor of the configuration.
 *
 * @param keys by the key's name in the token's header
 * @param single the one key of a processor that has no names for keys; null otherwise
 */
record TokenProcessor(
    String name, KeySource keys, @Nullable JWK single, Expected expected, Mapping mapping) {
  private static final int NAME_LENGTH_MAX = 256;

  /** An issuer's clock may be that much ahead: its fresh tokens should not fail. */
  private static final long ISSUED_AHEAD_SEC = 60;

  private static final Set<JOSEObjectType> TYPES =
      Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

  /**
   * What a token must say.
   *
   * @param issuer empty for any
   * @param audience empty for any
   * @param claims a JSON object that must be in the token; empty for none
   * @param leewaySec by how much clocks may differ
   */
  record Expected(
      String issuer, String audience, String claims, long leewaySec, boolean mayLastForEver) {}

  /**
   * What becomes of claims.
   *
   * @param rolesFilter what a role's name must match as a whole; null for no roles
   * @param transform applied to names that passed the filter
   * @param settings claims by the names of settings
   * @param tenantClaim with SPACE.NAME; empty for none
   * @param stranger what becomes of those who are no users; null when they are not let in
   */
  record Mapping(
      String userClaim,
      String rolesClaim,
      @Nullable Pattern rolesFilter,
      Transform transform,
      List<String> commonRoles,
      Map<String, String> settings,
      String tenantClaim,
      TokenIdentity.@Nullable Stranger stranger) {}

  /** {@code s/pattern/replacement/g}. */
  record Transform(@Nullable Pattern pattern, String replacement, boolean all) {
    static final Transform NONE = new Transform(null, "", false);

    String apply(String text) {
      Pattern p = pattern;
      return p == null
          ? text
          : all
              ? p.matcher(text).replaceAll(replacement)
              : p.matcher(text).replaceFirst(replacement);
    }
  }

  /** Whom the token speaks of; null when it is not this processor's or not valid. */
  @Nullable TokenIdentity verify(SignedJWT token, long nowSec) {
    JWSHeader header = token.getHeader();
    boolean plain =
        header.getCriticalParams() == null
            && header.getContentType() == null
            && (header.getType() == null || TYPES.contains(header.getType()));
    String kid = header.getKeyID();
    JWK key = single != null ? single : !plain || kid == null ? null : keys.find(kid);
    // A secret in a set of public keys would be everybody's.
    boolean shared = single == null && key instanceof OctetSequenceKey;
    if (!plain || key == null || shared || !Signatures.isValid(token, key)) {
      return null;
    }
    try {
      JWTClaimsSet claims = token.getJWTClaimsSet();
      return isCurrent(claims, nowSec) && isForUs(claims) ? identity(claims) : null;
    } catch (ParseException e) {
      return null; // genuine, but no claims
    }
  }

  private boolean isCurrent(JWTClaimsSet claims, long nowSec) {
    Date expires = claims.getExpirationTime();
    Date from = claims.getNotBeforeTime();
    Date issued = claims.getIssueTime();
    long leeway = expected.leewaySec;
    boolean ends = expires != null ? nowSec < seconds(expires) + leeway : expected.mayLastForEver;
    return ends
        && (from == null || seconds(from) <= nowSec + leeway)
        && (issued == null || seconds(issued) <= nowSec + Math.max(leeway, ISSUED_AHEAD_SEC));
  }

  private static long seconds(Date date) {
    return date.getTime() / 1000;
  }

  private boolean isForUs(JWTClaimsSet claims) {
    return (expected.issuer.isEmpty() || expected.issuer.equals(claims.getIssuer()))
        && (expected.audience.isEmpty() || claims.getAudience().contains(expected.audience))
        && (expected.claims.isEmpty() || Claims.contain(claims, expected.claims));
  }

  private @Nullable TokenIdentity identity(JWTClaimsSet claims) {
    String user = Claims.text(claims, mapping.userClaim);
    if (user == null || !isName(user)) {
      return null;
    }
    List<String> roles = new ArrayList<>(mapping.commonRoles);
    Pattern filter = mapping.rolesFilter;
    if (filter != null) {
      for (String role : Claims.texts(claims, mapping.rolesClaim)) {
        if (filter.matcher(role).matches()) {
          roles.add(mapping.transform.apply(role));
        }
      }
    }
    Map<String, String> settings = new LinkedHashMap<>();
    for (var e : mapping.settings.entrySet()) {
      String value = Claims.text(claims, e.getValue());
      if (value == null) {
        return null;
      }
      settings.put(e.getKey(), value);
    }
    List<String> required = new ArrayList<>();
    if (!mapping.tenantClaim.isEmpty()) {
      String tenant = Claims.text(claims, mapping.tenantClaim);
      if (tenant == null || !isName(tenant)) {
        return null;
      }
      required.add("tenant:" + tenant);
    }
    Date expires = claims.getExpirationTime();
    return new TokenIdentity(
        user,
        roles,
        required,
        settings,
        expires == null ? 0 : seconds(expires) + expected.leewaySec,
        json -> Claims.contain(claims, json),
        mapping.stranger);
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= NAME_LENGTH_MAX
        && text.chars().noneMatch(Character::isISOControl);
  }
}
