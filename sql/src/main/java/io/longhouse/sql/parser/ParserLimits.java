package io.longhouse.sql.parser;

/**
 * What a statement may not exceed; 0 stands for no limit.
 *
 * @param maxQuerySize in characters, inline data of INSERT not counted
 * @param maxParserDepth nesting of parentheses, queries and types
 * @param maxAstDepth depth of the tree
 * @param maxAstElements nodes of the tree
 */
public record ParserLimits(
    int maxQuerySize, int maxParserDepth, int maxAstDepth, int maxAstElements) {
  /** ClickHouse's defaults. */
  public static final ParserLimits DEFAULT = new ParserLimits(262_144, 1000, 1000, 50_000);

  /** No limit but the parser's own depth, for text that was already accepted once. */
  public static final ParserLimits TRUSTED = new ParserLimits(0, 1000, 0, 0);
}
