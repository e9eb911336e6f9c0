package io.longhouse.cluster.keeper;

import io.longhouse.wire.connection.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Who proves what in an encrypted connection with Keeper: {@code openSSL.client} or {@code
 * openSSL.server}.
 *
 * @param certificate shown to the other side; null for none
 * @param authorities whose certificates are believed; null for the usual ones
 * @param believesAnybody nothing is verified
 */
public record KeeperTls(
    @Nullable Path certificate,
    @Nullable Path privateKey,
    @Nullable Path authorities,
    boolean believesAnybody) {
  static final KeeperTls NONE = new KeeperTls(null, null, null, false);

  public static KeeperTls ofClient(Map<String, String> keys) {
    return of(keys, "openSSL.client.");
  }

  static KeeperTls ofServer(Map<String, String> keys) {
    return of(keys, "openSSL.server.");
  }

  private static KeeperTls of(Map<String, String> keys, String at) {
    String mode = keys.getOrDefault(at + "verificationMode", "relaxed").strip();
    String handler = keys.getOrDefault(at + "invalidCertificateHandler.name", "").strip();
    return new KeeperTls(
        path(keys, at + "certificateFile"),
        path(keys, at + "privateKeyFile"),
        path(keys, at + "caConfig"),
        mode.equals("none") || handler.equals("AcceptCertificateHandler"));
  }

  private static @Nullable Path path(Map<String, String> keys, String key) {
    String text = keys.getOrDefault(key, "").strip();
    return text.isEmpty() ? null : Path.of(text);
  }

  public SSLContext context() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    Path own = certificate;
    Path key = privateKey;
    context.init(own == null || key == null ? null : PemFiles.identity(own, key), believed(), null);
    return context;
  }

  private TrustManager @Nullable [] believed() throws IOException, GeneralSecurityException {
    if (believesAnybody) {
      return new TrustManager[] {new BelievesAnybody()};
    }
    Path file = authorities;
    if (file == null) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int n = 0;
    for (Certificate c : PemFiles.certificates(file)) {
      store.setCertificateEntry("authority" + n++, c);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers.getTrustManagers();
  }

  /** The configuration asked for no verification. */
  private static final class BelievesAnybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] c, String type, java.net.Socket s) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String type, java.net.Socket s) {}

    @Override
    public void checkClientTrusted(X509Certificate[] c, String type, SSLEngine e) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String type, SSLEngine e) {}

    @Override
    public void checkClientTrusted(X509Certificate[] c, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
