package io.longhouse.engine.tenancy.store;

import java.nio.file.Path;

/** Makes tenants from several threads and prints each name when it is kept, until it is killed. */
final class TenantWriter {
  private TenantWriter() {}

  public static void main(String[] arguments) {
    DiskTenantStore store = DiskTenantStore.open(Path.of(arguments[0]));
    for (int thread = 0; thread < 4; thread++) {
      new Thread(() -> write(store)).start();
    }
  }

  private static void write(DiskTenantStore store) {
    while (true) {
      long serial = store.nextSerial();
      String name = "tenant" + serial;
      store.put(
          DiskTenantStoreTest.tenant(
              serial, 1, name, io.longhouse.sql.ast.NumberLiteral.unsigned(serial)));
      System.out.println(name + ".");
      System.out.flush();
    }
  }
}
