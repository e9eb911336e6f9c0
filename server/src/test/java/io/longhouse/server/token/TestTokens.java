package io.longhouse.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Date;
import java.util.List;

/** An issuer of tokens with a key of each kind. */
public final class TestTokens {
  public final RSAKey rsa;
  public final RSAKey otherRsa;
  public final RSAKey smallRsa;
  public final ECKey p256;
  public final ECKey p384;
  public final ECKey p521;
  private final KeyPair edwards;
  public final OctetKeyPair ed25519;

  public TestTokens() {
    try {
      rsa = new RSAKeyGenerator(2048).keyID("r").generate();
      otherRsa = new RSAKeyGenerator(2048).keyID("r").generate();
      smallRsa = new RSAKeyGenerator(1024, true).keyID("small").generate();
      p256 = new ECKeyGenerator(Curve.P_256).keyID("e256").generate();
      p384 = new ECKeyGenerator(Curve.P_384).keyID("e384").generate();
      p521 = new ECKeyGenerator(Curve.P_521).keyID("e521").generate();
      edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] der = edwards.getPublic().getEncoded();
      byte[] x = java.util.Arrays.copyOfRange(der, der.length - 32, der.length);
      ed25519 = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).keyID("d").build();
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public keys. */
  public String keySet() {
    return new JWKSet(List.<JWK>of(rsa, smallRsa, p256, p384, p521, ed25519)).toString(true);
  }

  /** Claims of a user whose token ends in an hour. */
  public static JWTClaimsSet.Builder claims(String user) {
    long now = System.currentTimeMillis();
    return new JWTClaimsSet.Builder()
        .subject(user)
        .issuer("https://issuer")
        .audience("longhouse")
        .issueTime(new Date(now))
        .expirationTime(new Date(now + 3_600_000));
  }

  public String sign(JWTClaimsSet.Builder claims) {
    return sign(JWSAlgorithm.RS256, rsa, claims);
  }

  public String sign(JWSAlgorithm algorithm, JWK key, JWTClaimsSet.Builder claims) {
    return sign(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), key, claims);
  }

  public String sign(JWSHeader header, JWK key, JWTClaimsSet.Builder claims) {
    try {
      if (key instanceof OctetKeyPair) {
        String input = header.toBase64URL() + "." + claims.build().toPayload().toBase64URL();
        Signature s = Signature.getInstance("EdDSA");
        s.initSign(edwards.getPrivate());
        s.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64URL.encode(s.sign());
      }
      var jwt = new SignedJWT(header, claims.build());
      jwt.sign(
          key instanceof RSAKey r
              ? new RSASSASigner(r.toPrivateKey(), true)
              : new ECDSASigner((ECKey) key));
      return jwt.serialize();
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
