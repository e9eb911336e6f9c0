package io.longhouse.cluster.keeper;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * Hands our certificates to ZooKeeper's client, which makes an object of a named class to ask for
 * them: so there is one set of them in a process.
 */
public final class TlsContext implements Supplier<SSLContext> {
  private static volatile @Nullable SSLContext current;

  static void use(KeeperTls tls, ZKClientConfig client) {
    try {
      current = tls.context();
    } catch (IOException | GeneralSecurityException e) {
      throw new KeeperError(
          Reason.CONNECTION_LOSS, "TLS with Keeper is not possible: " + e.getMessage());
    }
    client.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    client.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    client.setProperty("zookeeper.ssl.context.supplier.class", TlsContext.class.getName());
  }

  @Override
  public SSLContext get() {
    SSLContext context = current;
    if (context == null) {
      throw new IllegalStateException("nobody has said which certificates to use");
    }
    return context;
  }
}
