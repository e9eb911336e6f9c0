package io.longhouse.sql.parser;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows OVER, and the WINDOW clause. */
final class Windows {
  private Windows() {}

  static Window reference(Cursor c) {
    return c.kind() == TokenKind.OPEN_ROUND
        ? definition(c)
        : new Window.Reference(Names.identifier(c));
  }

  static List<Window.Named> list(Cursor c) {
    var list = new ArrayList<Window.Named>();
    do {
      String name = Names.identifier(c);
      c.expect("AS");
      list.add(new Window.Named(name, definition(c)));
    } while (c.accept(TokenKind.COMMA));
    return list;
  }

  private static Window.Definition definition(Cursor c) {
    c.expect(TokenKind.OPEN_ROUND);
    // A name in front cannot be told from the words that follow but by trying.
    Window.Definition plain = c.attempt(at -> parts(at, null));
    return plain != null ? plain : parts(c, Names.identifier(c));
  }

  private static Window.Definition parts(Cursor c, @Nullable String parent) {
    List<Expression> partitionBy = c.accept("PARTITION BY") ? Expressions.list(c) : List.of();
    List<OrderItem> orderBy = c.accept("ORDER BY") ? OrderBy.list(c) : List.of();
    Window.Frame frame = frame(c);
    c.expect(TokenKind.CLOSE_ROUND);
    return new Window.Definition(parent, partitionBy, orderBy, frame);
  }

  private static Window.@Nullable Frame frame(Cursor c) {
    Window.Frame.Unit unit;
    if (c.accept("ROWS")) {
      unit = Window.Frame.Unit.ROWS;
    } else if (c.accept("GROUPS")) {
      unit = Window.Frame.Unit.GROUPS;
    } else if (c.accept("RANGE")) {
      unit = Window.Frame.Unit.RANGE;
    } else {
      return null;
    }
    if (!c.accept("BETWEEN")) {
      return new Window.Frame(
          unit, begin(c), new Window.Bound(Window.Bound.Kind.CURRENT_ROW, null));
    }
    Window.Bound begin = begin(c);
    c.expect("AND");
    Window.Bound end = bound(c);
    if (end.kind() == Window.Bound.Kind.UNBOUNDED_PRECEDING) {
      throw new SqlException(ErrorCode.BAD_ARGUMENTS, "Frame end cannot be UNBOUNDED PRECEDING");
    }
    return new Window.Frame(unit, begin, end);
  }

  private static Window.Bound begin(Cursor c) {
    Window.Bound begin = bound(c);
    if (begin.kind() == Window.Bound.Kind.UNBOUNDED_FOLLOWING) {
      throw new SqlException(ErrorCode.BAD_ARGUMENTS, "Frame start cannot be UNBOUNDED FOLLOWING");
    }
    return begin;
  }

  private static Window.Bound bound(Cursor c) {
    if (c.accept("CURRENT ROW")) {
      return new Window.Bound(Window.Bound.Kind.CURRENT_ROW, null);
    }
    boolean unbounded = c.accept("UNBOUNDED");
    Expression offset =
        unbounded ? null : Expressions.operators(c, Operands.parse(c), Operator.AND.precedence + 1);
    if (c.accept("PRECEDING")) {
      return new Window.Bound(
          unbounded ? Window.Bound.Kind.UNBOUNDED_PRECEDING : Window.Bound.Kind.PRECEDING, offset);
    }
    c.expect("FOLLOWING");
    return new Window.Bound(
        unbounded ? Window.Bound.Kind.UNBOUNDED_FOLLOWING : Window.Bound.Kind.FOLLOWING, offset);
  }
}
