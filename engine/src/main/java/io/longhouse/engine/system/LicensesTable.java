package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code system.licenses}: the libraries that the database runs with. Their texts are with them.
 */
@Register(kind = SystemTable.class, name = "licenses", doc = "The libraries and their licenses.")
final class LicensesTable extends SystemTable<LicensesTable.Row> {
  record Row(String library, String license) {}

  LicensesTable() {
    super(
        "licenses",
        new SystemColumns<Row>()
            .text("library_name", Row::library)
            .text("license_type", Row::license)
            .empty("license_path", "String")
            .empty("license_text", "String"));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return List.of(
        new Row("aircompressor", "Apache-2.0"),
        new Row("brotli4j", "Apache-2.0"),
        new Row("fastdoubleparser", "MIT"),
        new Row("hash4j", "Apache-2.0"),
        new Row("re2j", "BSD-3-Clause"),
        new Row("RoaringBitmap", "Apache-2.0"),
        new Row("zstd-jni", "BSD-2-Clause"));
  }
}
