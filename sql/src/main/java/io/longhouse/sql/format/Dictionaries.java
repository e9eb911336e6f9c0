package io.longhouse.sql.format;

import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.KeyValueFunction;
import java.util.List;
import java.util.Locale;

/** The text of CREATE DICTIONARY. */
final class Dictionaries {
  private Dictionaries() {}

  static void print(Out out, CreateDictionary d) {
    Creates.head(out, d.head(), "DICTIONARY");
    Statements.cluster(out, d.head().cluster());
    if (!d.attributes().isEmpty()) {
      attributes(out, d.attributes());
    }
    if (!d.primaryKey().isEmpty()) {
      out.line().add("PRIMARY KEY ");
      Expressions.list(out, d.primaryKey());
    }
    if (d.source() != null) {
      out.line().add("SOURCE(");
      function(out, d.source());
      out.add(')');
    }
    if (d.lifetime() != null) {
      out.line().add("LIFETIME(MIN ").add(d.lifetime().minSec());
      out.add(" MAX ").add(d.lifetime().maxSec()).add(')');
    }
    if (d.layout() != null) {
      out.line().add("LAYOUT(");
      function(out, d.layout());
      out.add(')');
    }
    if (d.range() != null) {
      out.line().add("RANGE(MIN ").name(d.range().min()).add(" MAX ").name(d.range().max());
      out.add(')');
    }
    if (!d.settings().isEmpty()) {
      out.line().add("SETTINGS(");
      Settings.print(out, d.settings());
      out.add(')');
    }
    Creates.comment(out, d.comment());
  }

  private static void attributes(Out out, List<CreateDictionary.Attribute> attributes) {
    out.line().add('(').indent();
    for (int i = 0; i < attributes.size(); i++) {
      if (i > 0) {
        out.add(',').line();
      } else {
        out.lineOrNothing();
      }
      attribute(out, attributes.get(i));
    }
    out.outdent().lineOrNothing().add(')');
  }

  private static void attribute(Out out, CreateDictionary.Attribute a) {
    out.quoted(a.name()).add(' ');
    Types.print(out, a.type());
    if (a.defaultValue() != null) {
      out.add(" DEFAULT ");
      Expressions.print(out, a.defaultValue());
    }
    if (a.expression() != null) {
      out.add(" EXPRESSION ");
      Expressions.print(out, a.expression());
    }
    out.add(a.hierarchical() ? " HIERARCHICAL" : "");
    out.add(a.bidirectional() ? " BIDIRECTIONAL" : "");
    out.add(a.injective() ? " INJECTIVE" : "");
    out.add(a.objectId() ? " IS_OBJECT_ID" : "");
  }

  private static void function(Out out, KeyValueFunction f) {
    out.add(f.name().toUpperCase(Locale.ROOT)).add('(');
    if (f.pairs() != null) {
      pairs(out, f.pairs());
    }
    out.add(')');
  }

  private static void pairs(Out out, List<KeyValueFunction.Pair> pairs) {
    for (int i = 0; i < pairs.size(); i++) {
      KeyValueFunction.Pair p = pairs.get(i);
      out.add(i > 0 ? " " : "").add(p.key().toUpperCase(Locale.ROOT)).add(' ');
      if (p.value() != null) {
        Expressions.print(out, p.value());
      } else if (p.pairs() != null) {
        out.add('(');
        pairs(out, p.pairs());
        out.add(')');
      }
    }
  }
}
