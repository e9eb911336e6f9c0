package io.longhouse.server.tls;

import io.longhouse.server.config.ServerConfig.TlsFiles;
import io.longhouse.server.config.ServerConfig.Verification;
import io.longhouse.wire.connection.PemFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CertSelector;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server's side of TLS: who it is, and whose certificates of clients it believes. A certificate
 * that is expired, revoked or of nobody whom the configuration trusts ends the handshake.
 */
public final class Tls {
  private final SSLContext context;
  private final Verification.Mode mode;

  private Tls(SSLContext context, Verification.Mode mode) {
    this.context = context;
    this.mode = mode;
  }

  /**
   * @throws IOException when a file cannot be read or is not what it should be
   */
  public static Tls of(TlsFiles files) throws IOException {
    Verification v = files.verification();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          PemFiles.identity(files.certificate(), files.privateKey()),
          v.mode() == Verification.Mode.NONE ? null : trust(v),
          null);
      return new Tls(context, v.mode());
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "TLS with " + files.certificate() + " is not possible: " + e.getMessage(), e);
    }
  }

  /** The server's side of a connection; the handshake is still to come. */
  public SSLSocket wrap(Socket plain) throws IOException {
    SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
    secure.setUseClientMode(false);
    switch (mode) {
      case NONE -> {}
      case RELAXED -> secure.setWantClientAuth(true);
      case STRICT -> secure.setNeedClientAuth(true);
    }
    return secure;
  }

  private static TrustManager[] trust(Verification v) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int n = 0;
    for (Path file : authorities(v.authorities())) {
      for (Certificate c : PemFiles.certificates(file)) {
        trusted.setCertificateEntry("ca" + n++, c);
      }
    }
    if (n == 0) {
      throw new IOException(v.authorities() + " has no certificates");
    }
    var parameters = new PKIXBuilderParameters(trusted, new X509CertSelector());
    revoked(v.revocationList(), parameters);
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return factory.getTrustManagers();
  }

  private static List<Path> authorities(Path given) throws IOException {
    if (!Files.isDirectory(given)) {
      return List.of(given);
    }
    try (Stream<Path> files = Files.list(given)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /**
   * Lists of the authorities in the chain; without a list for one, its certificates are refused.
   */
  private static void revoked(@Nullable Path file, PKIXBuilderParameters parameters)
      throws IOException, GeneralSecurityException {
    if (file == null) {
      parameters.setRevocationEnabled(false);
      return;
    }
    var lists =
        CertificateFactory.getInstance("X.509")
            .generateCRLs(new ByteArrayInputStream(Files.readAllBytes(file)));
    var checker =
        (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
    checker.setOptions(
        EnumSet.of(
            PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
    parameters.addCertPathChecker(checker);
  }
}
