package io.longhouse.sql.format;

import io.longhouse.sql.ast.OutputClause;

/** The text of INTO OUTFILE, FORMAT and SETTINGS behind a statement. */
final class Outputs {
  private Outputs() {}

  static void print(Out out, OutputClause output) {
    if (output.outFile() != null) {
      outFile(out, output.outFile());
    }
    if (output.format() != null) {
      out.line().add("FORMAT ").name(output.format());
    }
    if (!output.settings().isEmpty()) {
      out.line().add("SETTINGS ");
      Settings.print(out, output.settings());
    }
  }

  private static void outFile(Out out, OutputClause.OutFile file) {
    out.line().add("INTO OUTFILE ");
    Expressions.print(out, file.path());
    out.add(file.append() ? " APPEND" : "");
    out.add(file.truncate() ? " TRUNCATE" : "");
    out.add(file.andStdout() ? " AND STDOUT" : "");
    if (file.compression() != null) {
      out.add(" COMPRESSION ");
      Expressions.print(out, file.compression());
    }
    if (file.level() != null) {
      out.add(" LEVEL ");
      Expressions.print(out, file.level());
    }
  }
}
