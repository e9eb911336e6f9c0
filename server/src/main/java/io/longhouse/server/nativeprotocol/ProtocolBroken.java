package io.longhouse.server.nativeprotocol;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** The client has sent what it must not: after this the connection cannot go on. */
final class ProtocolBroken extends LonghouseException {
  private static final long serialVersionUID = 1L;

  ProtocolBroken(LonghouseException cause) {
    super(cause.errorCode(), cause.message(), cause);
  }

  static ProtocolBroken unexpected(long packet, String when) {
    return new ProtocolBroken(
        new LonghouseException(
            ErrorCode.UNEXPECTED_PACKET_FROM_CLIENT,
            "Unexpected packet "
                + Long.toUnsignedString(packet)
                + " received from client "
                + when));
  }
}
