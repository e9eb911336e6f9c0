package io.longhouse.server.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.jspecify.annotations.Nullable;

/** Where the public keys of an issuer come from. Safe for many threads. */
interface KeySource {
  /** The key that a token's header names; null when there is none such. */
  @Nullable JWK find(String kid);

  /** Keys that stand in the configuration. */
  static KeySource of(JWKSet keys) {
    return kid -> keys.getKeyByKeyId(kid);
  }
}
