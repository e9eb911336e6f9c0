package io.longhouse.engine.dictionary;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.Table;
import io.longhouse.function.FunctionContext;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Objects;

/** Dictionaries by name, for those who may read them. */
final class Dictionaries {
  private Dictionaries() {}

  /**
   * @param name {@code dictionary} or {@code database.dictionary}
   * @throws LonghouseException BAD_ARGUMENTS (36) when there is none, ACCESS_DENIED (497)
   */
  static DictionaryTable require(String name, FunctionContext context) {
    DictionaryTable d = find(name, context);
    if (d == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Dictionary (`" + name + "`) not found");
    }
    SessionAccess access = context.service(SessionAccess.class);
    if (access != null) {
      access.check(Privilege.DICT_GET, d.id().database(), d.id().name());
    }
    return d;
  }

  /**
   * The same for functions that look single keys up, where a row policy cannot be asked.
   *
   * @throws LonghouseException ACCESS_DENIED (497) when a policy hides rows of it
   */
  static DictionaryTable forLookups(String name, FunctionContext context) {
    DictionaryTable d = require(name, context);
    SessionAccess access = context.service(SessionAccess.class);
    if (access != null && access.rowFilter(d.id().database(), d.id().name()) != null) {
      throw new LonghouseException(
          ErrorCode.ACCESS_DENIED,
          "Dictionary " + d.id() + " has row policies: only SELECT can read it");
    }
    return d;
  }

  static @org.jspecify.annotations.Nullable DictionaryTable find(
      String name, FunctionContext context) {
    Catalog catalog = Objects.requireNonNull(context.service(Catalog.class));
    Table own = catalog.find(context.currentDatabase(), name);
    if (own instanceof DictionaryTable d) {
      return d;
    }
    int dot = name.indexOf('.');
    Table other = dot < 0 ? null : catalog.find(name.substring(0, dot), name.substring(dot + 1));
    return other instanceof DictionaryTable d ? d : null;
  }

  static DictionaryData data(DictionaryTable d, FunctionContext context) {
    return d.data(Objects.requireNonNull(context.service(LocalEngine.class)));
  }
}
