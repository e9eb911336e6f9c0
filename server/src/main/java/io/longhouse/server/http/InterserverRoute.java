package io.longhouse.server.http;

import io.longhouse.cluster.interserver.Interserver;
import io.longhouse.cluster.interserver.InterserverAnswer;
import java.io.IOException;
import java.io.OutputStream;

/** Requests of other servers: all go to what the cluster answers. */
final class InterserverRoute implements HttpConnection.Route {
  private final Interserver interserver;

  InterserverRoute(Interserver interserver) {
    this.interserver = interserver;
  }

  @Override
  public void route(SocketInput in, HttpRequest request, HttpResponse response) throws IOException {
    if (!request.isReadOnlyMethod() && !request.method().equals("POST")) {
      throw new HttpException(405, "Method " + request.method() + " is not supported");
    }
    var parameters = new Parameters();
    parameters.addEncoded(request.queryString());
    try {
      interserver.answer(
          parameters.all(), request.headers().get("Authorization"), new Answer(response));
      response.end();
    } catch (IOException e) {
      // The other server must see that the answer is not whole.
      response.breakOff();
      throw e;
    }
  }

  private record Answer(HttpResponse response) implements InterserverAnswer {
    @Override
    public void status(int code) {
      response.status(code);
    }

    @Override
    public void header(String name, String value) {
      response.header(name, value);
    }

    @Override
    public OutputStream body() {
      return response.body();
    }

    @Override
    public boolean isStarted() {
      return response.bodyStarted();
    }
  }
}
