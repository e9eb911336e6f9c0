package io.longhouse.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Public keys in PEM, {@code -----BEGIN PUBLIC KEY-----}. */
final class PublicKeys {
  private PublicKeys() {}

  /**
   * @param algorithm the only one that the key is for
   * @throws IllegalArgumentException for what is no such key
   */
  static JWK of(String pem, JWSAlgorithm algorithm) throws JOSEException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    byte[] der = Base64.getDecoder().decode(body);
    String kind =
        JWSAlgorithm.Family.RSA.contains(algorithm)
            ? "RSA"
            : JWSAlgorithm.Family.EC.contains(algorithm) ? "EC" : "EdDSA";
    try {
      var key = KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
      return switch (key) {
        case RSAPublicKey k -> new RSAKey.Builder(k).algorithm(algorithm).build();
        case ECPublicKey k ->
            new ECKey.Builder(Curve.forECParameterSpec(k.getParams()), k)
                .algorithm(algorithm)
                .build();
        case EdECPublicKey k -> edwards(k, der);
        default -> throw new IllegalArgumentException("public_key is no key of " + algorithm);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("public_key is no key of " + algorithm, e);
    }
  }

  /** The point is what stands last in the encoding. */
  private static JWK edwards(EdECPublicKey key, byte[] der) {
    boolean small = key.getParams().getName().equals("Ed25519");
    byte[] point = Arrays.copyOfRange(der, der.length - (small ? 32 : 57), der.length);
    return new OctetKeyPair.Builder(small ? Curve.Ed25519 : Curve.Ed448, Base64URL.encode(point))
        .build();
  }
}
