package io.longhouse.server.nativeprotocol;

import io.longhouse.column.ByteReader;
import io.longhouse.engine.access.CertificateSubjects;
import io.longhouse.server.tls.PeerCertificate;
import io.longhouse.wire.ExceptionPacket;
import io.longhouse.wire.Failure;
import io.longhouse.wire.ServerPacket;
import io.longhouse.wire.WireInput;
import io.longhouse.wire.WireOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** The other end of a connection. */
final class Peer {
  /** What a look at the line can find. */
  enum Sign {
    SILENT,
    PACKET,
    GONE
  }

  private final Socket socket;
  private final WireInput in;
  private final WireOutput out;
  private int timeoutMs;
  private int revision;

  Peer(Socket socket, OutputStream output, int timeoutMs) throws IOException {
    this.socket = socket;
    this.in = new WireInput(socket.getInputStream(), address());
    this.out = new WireOutput(output);
    timeout(timeoutMs);
  }

  WireInput in() {
    return in;
  }

  WireOutput out() {
    return out;
  }

  ByteReader plain() {
    return in.plain();
  }

  /** The smaller of the two sides' revisions. */
  int revision() {
    return revision;
  }

  void revision(int r) {
    revision = r;
  }

  /** Whom the certificate is made out to that the client has shown. */
  CertificateSubjects certificate() {
    return PeerCertificate.subjects(socket);
  }

  String address() {
    return socket.getRemoteSocketAddress() instanceof InetSocketAddress a
        ? a.getAddress().getHostAddress() + ":" + a.getPort()
        : "";
  }

  /** How long a read may wait from now on. */
  void timeout(int ms) {
    timeoutMs = ms;
    apply(ms);
  }

  private void apply(int ms) {
    try {
      socket.setSoTimeout(ms);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits at most {@code waitMs} for the next packet to begin. */
  Sign await(int waitMs) {
    if (plain().limit() > plain().position()) {
      return Sign.PACKET;
    }
    try {
      apply(Math.max(1, waitMs));
      Sign sign = plain().has(1) ? Sign.PACKET : Sign.GONE;
      apply(timeoutMs);
      return sign;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof SocketTimeoutException) {
        apply(timeoutMs);
        return Sign.SILENT;
      }
      return Sign.GONE;
    }
  }

  /** Sends an error. */
  void send(Failure failure) {
    out.codec(null);
    out.plain().writeVarUInt(ServerPacket.EXCEPTION);
    ExceptionPacket.write(failure, out.plain());
    out.endPacket();
    out.flush();
  }
}
