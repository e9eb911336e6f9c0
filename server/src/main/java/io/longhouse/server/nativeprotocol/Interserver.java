package io.longhouse.server.nativeprotocol;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.system.Addresses;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.InterserverProof;
import io.longhouse.wire.QueryOrigin;
import io.longhouse.wire.TablesStatus;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A server that says it belongs to a cluster with this one. Nothing is done for it before a proof
 * of the cluster's secret, which comes with every query; then it is done as the user who asked
 * there. Whether a cluster is known here is told by nothing.
 */
final class Interserver {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int UNKNOWN_SECRET_BYTES = 32;

  private final Engine engine;
  private final ClientInfo client;
  private final String database;
  private final String secret;
  private final byte[] salt;
  private final long nonce;

  /**
   * @param database empty for the user's own
   */
  Interserver(
      Engine engine, ClientInfo client, String database, String cluster, byte[] salt, long nonce) {
    this.engine = engine;
    this.client = client;
    this.database = database;
    this.secret = secretOf(cluster, engine);
    this.salt = salt;
    this.nonce = nonce;
  }

  /** One that nobody knows for a cluster that is not there. */
  private static String secretOf(String cluster, Engine engine) {
    Clusters clusters = engine.service(Clusters.class);
    Cluster known = clusters == null ? null : clusters.named(cluster);
    if (known != null && !known.secret().isEmpty()) {
      return known.secret();
    }
    byte[] random = new byte[UNKNOWN_SECRET_BYTES];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /**
   * The session in which a query is run.
   *
   * @throws LonghouseException AUTHENTICATION_FAILED (516) without proof, and when the user who
   *     asked is not known here
   */
  Session session(QueryPacket packet, int revision) {
    QueryOrigin.Initial initial = packet.origin().initial();
    byte[] expected =
        InterserverProof.of(
            revision,
            salt,
            nonce,
            secret,
            packet.sql(),
            packet.queryId(),
            initial.user(),
            join(packet.externalRoles(), packet.origin().rolesForm(revision)));
    check(expected, packet.proof());
    Session session =
        engine.onBehalf(
            initial.user(),
            Addresses.withoutPort(initial.address()),
            packet.origin().roles(),
            client);
    try {
      if (!database.isEmpty()) {
        session.database(database);
      }
      if (!packet.origin().quotaKey().isEmpty()) {
        session.quotaKey(packet.origin().quotaKey());
      }
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Whether a question for the states of tables comes with a proof of the secret. Where it does
   * not, or with one of another form, the answer must be the same whatever tables there are.
   */
  boolean proves(List<TablesStatus.Name> tables, byte[] proof, int revision) {
    byte[] expected =
        InterserverProof.of(
            revision, salt, nonce, secret, TablesStatus.digest(tables), "", "", new byte[0]);
    return MessageDigest.isEqual(expected, proof);
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static void check(byte[] expected, byte[] proof) {
    if (!MessageDigest.isEqual(expected, proof)) {
      throw new ProtocolBroken(
          new LonghouseException(
              ErrorCode.AUTHENTICATION_FAILED, "Interserver authentication failed"));
    }
  }
}
