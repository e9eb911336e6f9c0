package io.longhouse.server.http;

import io.longhouse.engine.session.QueryRequest.ExternalTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Tables that came along as files of a form: {@code name_structure}, {@code name_format}. */
final class ExternalData {
  private ExternalData() {}

  static List<ExternalTable> read(
      List<Multipart.Part> files, Parameters parameters, Settings settings) {
    if (files.isEmpty()) {
      return List.of();
    }
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "External data by multipart/form-data is not implemented");
  }
}
