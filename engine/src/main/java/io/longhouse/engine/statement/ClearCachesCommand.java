package io.longhouse.engine.statement;

import io.longhouse.registry.Register;
import io.longhouse.sql.ast.SystemStatement;

/**
 * SYSTEM commands about caches that this server does not have: there is nothing to drop, so that
 * after them nothing is cached, as they promise.
 */
@Register(kind = SystemCommand.class, name = "CLEAR DNS CACHE", aliases = "DROP DNS CACHE")
@Register(
    kind = SystemCommand.class,
    name = "CLEAR UNCOMPRESSED CACHE",
    aliases = "DROP UNCOMPRESSED CACHE")
@Register(
    kind = SystemCommand.class,
    name = "CLEAR INDEX MARK CACHE",
    aliases = "DROP INDEX MARK CACHE")
@Register(
    kind = SystemCommand.class,
    name = "CLEAR INDEX UNCOMPRESSED CACHE",
    aliases = "DROP INDEX UNCOMPRESSED CACHE")
@Register(kind = SystemCommand.class, name = "CLEAR MMAP CACHE", aliases = "DROP MMAP CACHE")
@Register(
    kind = SystemCommand.class,
    name = "CLEAR QUERY CONDITION CACHE",
    aliases = "DROP QUERY CONDITION CACHE")
@Register(
    kind = SystemCommand.class,
    name = "CLEAR COMPILED EXPRESSION CACHE",
    aliases = "DROP COMPILED EXPRESSION CACHE")
@Register(kind = SystemCommand.class, name = "CLEAR PAGE CACHE", aliases = "DROP PAGE CACHE")
@Register(kind = SystemCommand.class, name = "CLEAR QUERY CACHE", aliases = "DROP QUERY CACHE")
@Register(kind = SystemCommand.class, name = "CLEAR SCHEMA CACHE", aliases = "DROP SCHEMA CACHE")
@Register(
    kind = SystemCommand.class,
    name = "CLEAR FORMAT SCHEMA CACHE",
    aliases = "DROP FORMAT SCHEMA CACHE")
final class ClearCachesCommand implements SystemCommand {
  @Override
  public void run(SystemStatement statement, StatementContext context) {}
}
