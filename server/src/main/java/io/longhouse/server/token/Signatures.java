package io.longhouse.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/**
 * Whether a signature is a key's. The key says which algorithms it is for: a public key is never a
 * secret of HMAC, and a key of one algorithm verifies no other.
 */
final class Signatures {
  private static final int RSA_BITS_MIN = 2048;
  private static final Set<JWSAlgorithm> RSA =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512);

  private Signatures() {}

  static boolean isValid(SignedJWT token, JWK key) {
    JWSHeader header = token.getHeader();
    if (!isMeantFor(header.getAlgorithm(), key)) {
      return false;
    }
    try {
      return switch (key) {
        case RSAKey k -> k.size() >= RSA_BITS_MIN && token.verify(new RSASSAVerifier(k));
        case ECKey k -> token.verify(new ECDSAVerifier(k));
        case OctetKeyPair k -> edwards(token, k);
        case OctetSequenceKey k -> token.verify(new MACVerifier(k));
        default -> false;
      };
    } catch (JOSEException | GeneralSecurityException e) {
      return false; // a signature that cannot be checked is none
    }
  }

  private static boolean isMeantFor(JWSAlgorithm algorithm, JWK key) {
    if (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm.getName())) {
      return key instanceof OctetKeyPair
          && algorithm.equals(JWSAlgorithm.EdDSA)
          && key.getAlgorithm().getName().equals(((OctetKeyPair) key).getCurve().getName());
    }
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return false;
    }
    if (key.getKeyOperations() != null && !key.getKeyOperations().contains(KeyOperation.VERIFY)) {
      return false;
    }
    return switch (key) {
      case RSAKey _ -> RSA.contains(algorithm);
      case ECKey k -> algorithm.equals(ofCurve(k.getCurve()));
      case OctetKeyPair k ->
          algorithm.equals(JWSAlgorithm.EdDSA)
              || algorithm.getName().equals(k.getCurve().getName());
      case OctetSequenceKey k -> k.getAlgorithm() != null;
      default -> false;
    };
  }

  private static JWSAlgorithm ofCurve(Curve curve) {
    return curve.equals(Curve.P_256)
        ? JWSAlgorithm.ES256
        : curve.equals(Curve.P_384)
            ? JWSAlgorithm.ES384
            : curve.equals(Curve.P_521) ? JWSAlgorithm.ES512 : JWSAlgorithm.parse("none");
  }

  private static boolean edwards(SignedJWT token, OctetKeyPair key)
      throws GeneralSecurityException {
    NamedParameterSpec curve =
        key.getCurve().equals(Curve.Ed25519)
            ? NamedParameterSpec.ED25519
            : key.getCurve().equals(Curve.Ed448) ? NamedParameterSpec.ED448 : null;
    if (curve == null) {
      return false;
    }
    byte[] x = key.getDecodedX();
    byte[] bigEndian = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      bigEndian[i] = x[x.length - 1 - i];
    }
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7F;
    PublicKey publicKey =
        KeyFactory.getInstance("EdDSA")
            .generatePublic(
                new EdECPublicKeySpec(curve, new EdECPoint(odd, new BigInteger(1, bigEndian))));
    Signature signature = Signature.getInstance("EdDSA");
    signature.initVerify(publicKey);
    signature.update(token.getSigningInput());
    return signature.verify(token.getSignature().decode());
  }
}
