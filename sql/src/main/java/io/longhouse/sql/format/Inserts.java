package io.longhouse.sql.format;

import io.longhouse.sql.ast.Insert;

/** The text of INSERT, without its data. */
final class Inserts {
  private Inserts() {}

  static void print(Out out, Insert i) {
    out.add("INSERT INTO ");
    switch (i.target()) {
      case Insert.Table t -> Expressions.identifier(out, t.name());
      case Insert.Function f -> {
        out.add("FUNCTION ");
        Expressions.print(out, f.call());
        if (i.partitionBy() != null) {
          out.add(" PARTITION BY ");
          Expressions.print(out, i.partitionBy());
        }
      }
    }
    if (i.columns() != null) {
      out.add(" (");
      Expressions.list(out, i.columns());
      out.add(')');
    }
    if (i.infile() != null) {
      out.add(" FROM INFILE ");
      Expressions.print(out, i.infile().path());
      if (i.infile().compression() != null) {
        out.add(" COMPRESSION ");
        Expressions.print(out, i.infile().compression());
      }
    }
    boolean settings = !i.settings().isEmpty();
    if (settings) {
      out.line().add("SETTINGS ");
      Settings.print(out, i.settings());
    }
    if (i.select() != null) {
      if (settings) {
        out.line();
      } else {
        out.add(' ');
      }
      Queries.print(out, i.select());
    }
    if (i.format() != null) {
      if (settings || i.select() != null) {
        out.line();
      } else {
        out.add(' ');
      }
      out.add("FORMAT ").add(i.format());
    }
  }
}
