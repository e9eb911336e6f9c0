package io.longhouse.wire.connection;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS of a client: certificates and names are verified unless the user said otherwise. */
final class ClientTls {
  private ClientTls() {}

  static Socket wrap(Socket plain, Endpoint endpoint) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      Path certificate = endpoint.certificate();
      Path key = endpoint.privateKey();
      context.init(
          certificate == null || key == null ? null : PemFiles.identity(certificate, key),
          endpoint.acceptAnyCertificate() ? new TrustManager[] {new AcceptAny()} : null,
          null);
      SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, endpoint.host(), endpoint.port(), true);
      if (!endpoint.acceptAnyCertificate()) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS is not possible: " + e.getMessage(), e);
    }
  }

  /** {@code --accept-invalid-certificate}: the user asked for no verification. */
  private static final class AcceptAny extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket s) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket s) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.@Nullable SSLEngine e) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.@Nullable SSLEngine e) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
