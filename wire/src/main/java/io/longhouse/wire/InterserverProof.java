package io.longhouse.wire;

import io.longhouse.sql.ByteText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What stands for the secret of a cluster on the wire: SHA-256 over salt, the server's nonce in
 * decimal, secret, query, query id, initial user, external roles and current roles. The nonce is
 * there from 54462 on, external roles from 54472, current ones from 54488.
 */
public final class InterserverProof {
  /** In place of a user's name: cluster and salt follow the empty password. */
  public static final String USER = " INTERSERVER SECRET ";

  public static final int SALT_BYTES = 32;

  private InterserverProof() {}

  /**
   * @param secret of the cluster
   * @param roles as sent: external ones, then current ones
   */
  public static byte[] of(
      int revision,
      byte[] salt,
      long nonce,
      String secret,
      byte[] query,
      String queryId,
      String initialUser,
      byte[] roles) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
    digest.update(salt);
    if (revision >= Revision.NONCE) {
      digest.update(Long.toUnsignedString(nonce).getBytes(StandardCharsets.US_ASCII));
    }
    digest.update(ByteText.encode(secret));
    digest.update(query);
    digest.update(ByteText.encode(queryId));
    digest.update(ByteText.encode(initialUser));
    if (revision >= Revision.EXTERNAL_ROLES) {
      digest.update(roles);
    }
    return digest.digest();
  }
}
