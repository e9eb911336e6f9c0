package io.longhouse.cluster.ddl;

import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.Statement;
import java.util.UUID;

/** UUIDs of tables that several servers make. */
public final class SharedUuids {
  private SharedUuids() {}

  /** The same UUID on every server, so that {@code {uuid}} in paths means one place. */
  public static Statement with(Statement statement) {
    return switch (statement) {
      case CreateTable s when lacksUuid(s.head()) ->
          new CreateTable(
              withUuid(s.head()),
              s.schema(),
              s.storage(),
              s.source(),
              s.empty(),
              s.comment(),
              s.attachFrom(),
              s.attachAsReplicated());
      case CreateView s when lacksUuid(s.head()) ->
          new CreateView(
              withUuid(s.head()),
              s.schema(),
              s.columnNames(),
              s.security(),
              s.query(),
              s.comment());
      case CreateMaterializedView s when lacksUuid(s.head()) ->
          new CreateMaterializedView(
              withUuid(s.head()),
              s.refresh(),
              s.to(),
              s.to() == null && s.toInnerUuid() == null
                  ? UUID.randomUUID().toString()
                  : s.toInnerUuid(),
              s.schema(),
              s.storage(),
              s.populate(),
              s.empty(),
              s.security(),
              s.query(),
              s.comment());
      case CreateDictionary s when lacksUuid(s.head()) ->
          new CreateDictionary(
              withUuid(s.head()),
              s.attributes(),
              s.primaryKey(),
              s.source(),
              s.lifetime(),
              s.layout(),
              s.range(),
              s.settings(),
              s.comment());
      default -> statement;
    };
  }

  private static boolean lacksUuid(CreateHead head) {
    return head.uuid() == null && !head.temporary() && head.verb() != CreateHead.Verb.ATTACH;
  }

  private static CreateHead withUuid(CreateHead h) {
    return new CreateHead(
        h.verb(),
        h.temporary(),
        h.ifNotExists(),
        h.name(),
        UUID.randomUUID().toString(),
        h.cluster());
  }
}
