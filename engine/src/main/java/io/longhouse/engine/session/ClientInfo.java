package io.longhouse.engine.session;

/**
 * Who is at the other end, for {@code system.processes} and {@code query_log}.
 *
 * @param protocol {@code TCP}, {@code HTTP} or {@code LOCAL}
 * @param address IP address and port
 * @param quotaKey by which the client wants its quota counted; empty for none
 * @param sessionId the name of a session over HTTP; empty for none
 */
public record ClientInfo(
    Protocol protocol,
    String address,
    String clientName,
    String clientHostname,
    String osUser,
    int versionMajor,
    int versionMinor,
    int versionPatch,
    int tcpRevision,
    String httpUserAgent,
    String quotaKey,
    String sessionId) {
  /** How the client came in. */
  public enum Protocol {
    TCP,
    HTTP,
    LOCAL
  }

  public static ClientInfo local() {
    return new ClientInfo(
        Protocol.LOCAL, "127.0.0.1:0", "Longhouse", "", "", 0, 1, 0, 0, "", "", "");
  }

  /** The same client that wants its quota counted by a key. */
  ClientInfo withQuotaKey(String key) {
    return new ClientInfo(
        protocol,
        address,
        clientName,
        clientHostname,
        osUser,
        versionMajor,
        versionMinor,
        versionPatch,
        tcpRevision,
        httpUserAgent,
        key,
        sessionId);
  }
}
