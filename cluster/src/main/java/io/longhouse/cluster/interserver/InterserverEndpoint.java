package io.longhouse.cluster.interserver;

import java.io.IOException;
import java.util.Map;

/** Something that other servers ask of this one. */
public interface InterserverEndpoint {
  /**
   * @param parameters of the request's URL
   * @throws io.longhouse.sql.LonghouseException what the other server is told
   */
  void answer(Map<String, String> parameters, InterserverAnswer answer) throws IOException;
}
