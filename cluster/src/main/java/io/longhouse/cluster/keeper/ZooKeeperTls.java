package io.longhouse.cluster.keeper;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.connection.PemFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.net.ssl.X509KeyManager;

/** TLS as ZooKeeper's client is told of it, which reads keys and certificates from files only. */
final class ZooKeeperTls {
  private ZooKeeperTls() {}

  /**
   * Sets what ZooKeeper's client reads.
   *
   * @throws LonghouseException BAD_ARGUMENTS (36) where nothing is to be verified
   */
  static void configure(KeeperTls tls, BiConsumer<String, String> properties) {
    if (tls.believesAnybody()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The certificate of a secure Keeper is always verified: name its authority in"
              + " openSSL.client.caConfig, and no other openSSL.client.verificationMode than"
              + " relaxed or strict");
    }
    properties.accept("zookeeper.client.secure", "true");
    properties.accept("zookeeper.clientCnxnSocket", "org.apache.zookeeper.ClientCnxnSocketNetty");
    Path ca = tls.authorities();
    if (ca != null) {
      properties.accept("zookeeper.ssl.trustStore.location", ca.toString());
      properties.accept("zookeeper.ssl.trustStore.type", "PEM");
    }
    Path own = tls.certificate();
    Path key = tls.privateKey();
    if (own != null && key != null) {
      String password = UUID.randomUUID().toString();
      properties.accept("zookeeper.ssl.keyStore.location", store(own, key, password).toString());
      properties.accept("zookeeper.ssl.keyStore.password", password);
      properties.accept("zookeeper.ssl.keyStore.type", "PKCS12");
    }
  }

  /** A file that nobody else may read and that ends with the process. */
  private static Path store(Path certificate, Path privateKey, String password) {
    try {
      var identity = (X509KeyManager) PemFiles.identity(certificate, privateKey)[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "own",
          identity.getPrivateKey("own"),
          password.toCharArray(),
          identity.getCertificateChain("own"));
      Path file = Files.createTempFile("longhouse-keeper", ".p12");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, password.toCharArray());
      }
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new KeeperError(
          Reason.CONNECTION_LOSS, "TLS with Keeper is not possible: " + e.getMessage());
    }
  }
}
