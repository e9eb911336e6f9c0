package io.longhouse.compat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link carries, silences, slows and cuts what two processes say to each other. */
class LinkTest {
  private ServerSocket echo;
  private Link link;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::answer);
    link = new Link("test", InetAddress.getByName("127.1.9.9"));
    link.carry(echo.getLocalPort());
  }

  private void answer() {
    while (!echo.isClosed()) {
      try {
        Socket s = echo.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (s) {
                s.getInputStream().transferTo(s.getOutputStream());
              } catch (IOException e) {
                // the link was cut
              }
            });
      } catch (IOException e) {
        return;
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    echo.close();
  }

  private Socket connect() throws IOException {
    var s = new Socket();
    s.connect(new InetSocketAddress(link.address(), echo.getLocalPort()), 1_000);
    s.setSoTimeout(300);
    return s;
  }

  private static int roundTrip(Socket s, int value) throws IOException {
    s.getOutputStream().write(value);
    return s.getInputStream().read();
  }

  @Test
  void silenceKeepsBytesBackUntilItEnds() throws IOException {
    try (Socket s = connect()) {
      assertThat(roundTrip(s, 1)).isEqualTo(1);
      link.set(Link.State.SILENT);
      assertThatThrownBy(() -> roundTrip(s, 2)).isInstanceOf(SocketTimeoutException.class);
      try (Socket other = connect()) {
        assertThatThrownBy(() -> roundTrip(other, 3)).isInstanceOf(SocketTimeoutException.class);
        link.set(Link.State.OPEN);
        assertThat(other.getInputStream().read()).isEqualTo(3);
      }
      assertThat(s.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void refusalResetsWhatIsOpenAndWhatComes() throws IOException {
    try (Socket s = connect()) {
      assertThat(roundTrip(s, 1)).isEqualTo(1);
      link.set(Link.State.REFUSING);
      assertThatThrownBy(() -> roundTrip(s, 2)).isInstanceOf(SocketException.class);
      assertThatThrownBy(
              () -> {
                try (Socket other = connect()) {
                  roundTrip(other, 3);
                }
              })
          .isInstanceOf(SocketException.class);
      link.set(Link.State.OPEN);
      try (Socket again = connect()) {
        assertThat(roundTrip(again, 4)).isEqualTo(4);
      }
    }
  }

  @Test
  void aSlowLinkDelaysBothWays() throws IOException {
    try (Socket s = connect()) {
      assertThat(roundTrip(s, 1)).isEqualTo(1);
      link.slow(50);
      long startNs = System.nanoTime();
      assertThat(roundTrip(s, 2)).isEqualTo(2);
      assertThat(System.nanoTime() - startNs).isGreaterThan(100_000_000L);
    }
  }
}
