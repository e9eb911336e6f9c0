package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.SystemArgument;
import io.longhouse.sql.ast.SystemStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SYSTEM: a command, found in a table, and what it takes. */
final class Systems {
  /** What a command takes. */
  private enum Takes {
    NOTHING,
    TABLE,
    OPTIONAL_TABLE,
    OPTIONAL_TABLE_OR_VOLUME,
    NAME,
    STRING,
    OPTIONAL_NAMES,
    REPLICA,
    SYNC_REPLICA,
    FILESYSTEM_CACHE,
    TAG,
    SCHEMA,
    SETTINGS,
    LISTEN,
    SUSPEND,
    FAKE_TIME,
    BACKUP_NAME,
    NUMBER,
    DATABASE
  }

  private record Command(String words, Takes takes) {}

  private static final List<Command> COMMANDS = commands();

  private static List<Command> commands() {
    var list = new ArrayList<Command>();
    for (String cache :
        List.of(
            "DNS",
            "CONNECTIONS",
            "MARK",
            "PRIMARY INDEX",
            "UNCOMPRESSED",
            "INDEX MARK",
            "INDEX UNCOMPRESSED",
            "VECTOR SIMILARITY INDEX",
            "TEXT INDEX TOKENS",
            "TEXT INDEX DICTIONARY",
            "TEXT INDEX HEADER",
            "TEXT INDEX POSTINGS",
            "MMAP",
            "QUERY CONDITION",
            "COMPILED EXPRESSION",
            "ICEBERG METADATA",
            "PARQUET METADATA",
            "POINT IN POLYGON",
            "DISTRIBUTED",
            "PAGE",
            "AVRO SCHEMA",
            "S3 CLIENT")) {
      clear(list, cache + " CACHE", Takes.NOTHING);
    }
    clear(list, "TEXT INDEX CACHES", Takes.NOTHING);
    clear(list, "QUERY CACHE", Takes.TAG);
    clear(list, "FILESYSTEM CACHE", Takes.FILESYSTEM_CACHE);
    clear(list, "FORMAT SCHEMA CACHE", Takes.SCHEMA);
    clear(list, "SCHEMA CACHE", Takes.SCHEMA);
    clear(list, "DISK METADATA CACHE", Takes.NAME);
    for (String verb : List.of("STOP", "START")) {
      list.add(new Command(verb + " MERGES", Takes.OPTIONAL_TABLE_OR_VOLUME));
      for (String what :
          List.of(
              "TTL MERGES",
              "MOVES",
              "FETCHES",
              "REPLICATED SENDS",
              "REPLICATION QUEUES",
              "DISTRIBUTED SENDS",
              "PULLING REPLICATION LOG",
              "CLEANUP",
              "VIRTUAL PARTS UPDATE",
              "REDUCE BLOCKING PARTS")) {
        list.add(new Command(verb + " " + what, Takes.OPTIONAL_TABLE));
      }
      for (String what : List.of("VIEWS", "REPLICATED DDL QUERIES", "THREAD FUZZER")) {
        list.add(new Command(verb + " " + what, Takes.NOTHING));
      }
      list.add(new Command(verb + " REPLICATED VIEW", Takes.TABLE));
      list.add(new Command(verb + " VIEW", Takes.TABLE));
      list.add(new Command(verb + " LISTEN", Takes.LISTEN));
    }
    for (String what :
        List.of(
            "REFRESH VIEW",
            "WAIT VIEW",
            "CANCEL VIEW",
            "RESTART REPLICA",
            "RESTORE REPLICA",
            "WAIT LOADING PARTS",
            "PREWARM MARK CACHE",
            "PREWARM PRIMARY INDEX CACHE",
            "RELOAD DICTIONARY")) {
      list.add(new Command(what, Takes.TABLE));
    }
    for (String what : List.of("LOAD PRIMARY KEY", "UNLOAD PRIMARY KEY", "LOAD PRIMARY INDEX")) {
      list.add(new Command(what, Takes.OPTIONAL_TABLE));
    }
    for (String what :
        List.of(
            "SHUTDOWN",
            "KILL",
            "RESTART REPLICAS",
            "SYNC TRANSACTION LOG",
            "SYNC FILESYSTEM CACHE",
            "SYNC FILE CACHE",
            "RELOAD DICTIONARIES",
            "RELOAD MODELS",
            "RELOAD FUNCTIONS",
            "RELOAD EMBEDDED DICTIONARIES",
            "RELOAD CONFIG",
            "RELOAD USERS",
            "RELOAD ASYNCHRONOUS METRICS",
            "FLUSH ASYNC INSERT QUEUE",
            "JEMALLOC PURGE",
            "JEMALLOC ENABLE PROFILE",
            "JEMALLOC DISABLE PROFILE",
            "JEMALLOC FLUSH PROFILE",
            "RECONNECT ZOOKEEPER",
            "RESET COVERAGE",
            "FREE MEMORY",
            "STOP DISTRIBUTED DDL",
            "START DISTRIBUTED DDL")) {
      list.add(new Command(what, Takes.NOTHING));
    }
    for (String what :
        List.of(
            "RELOAD MODEL",
            "RELOAD FUNCTION",
            "RESTART DISK",
            "ENABLE FAILPOINT",
            "DISABLE FAILPOINT",
            "WAIT FAILPOINT",
            "NOTIFY FAILPOINT")) {
      list.add(new Command(what, Takes.NAME));
    }
    list.add(new Command("ALLOCATE MEMORY", Takes.NUMBER));
    list.add(new Command("DROP REPLICA", Takes.REPLICA));
    list.add(new Command("DROP DATABASE REPLICA", Takes.REPLICA));
    list.add(new Command("DROP CATALOG REPLICA", Takes.STRING));
    list.add(new Command("SYNC REPLICA", Takes.SYNC_REPLICA));
    list.add(new Command("SYNC DATABASE REPLICA", Takes.DATABASE));
    list.add(new Command("RESTORE DATABASE REPLICA", Takes.DATABASE));
    list.add(new Command("FLUSH LOGS", Takes.OPTIONAL_NAMES));
    list.add(new Command("FLUSH DISTRIBUTED", Takes.SETTINGS));
    list.add(new Command("SUSPEND", Takes.SUSPEND));
    list.add(new Command("TEST VIEW", Takes.FAKE_TIME));
    list.add(new Command("UNFREEZE", Takes.BACKUP_NAME));
    return List.copyOf(list);
  }

  /** DROP ... CACHE is the old name of CLEAR ... CACHE. */
  private static void clear(List<Command> list, String what, Takes takes) {
    list.add(new Command("CLEAR " + what, takes));
    list.add(new Command("DROP " + what, takes));
  }

  private final Cursor c;
  private final String command;
  private final List<SystemArgument> arguments = new ArrayList<>();
  private @Nullable String cluster;
  private @Nullable Identifier table;

  private Systems(Cursor c, String command) {
    this.c = c;
    this.command = command;
  }

  static Statement parse(Cursor c) {
    c.expect("SYSTEM");
    for (Command command : COMMANDS) {
      if (c.accept(command.words)) {
        boolean cache = command.words.startsWith("DROP ") && command.words.contains("CACHE");
        String words = cache ? "CLEAR" + command.words.substring(4) : command.words;
        return new Systems(c, words).parse(command.takes);
      }
    }
    throw c.fail("SYSTEM command");
  }

  private Statement parse(Takes takes) {
    cluster = Names.cluster(c);
    arguments(takes);
    if (cluster == null && takes != Takes.OPTIONAL_TABLE && takes != Takes.REPLICA) {
      cluster = Names.cluster(c);
    }
    return new SystemStatement(command, cluster, table, arguments);
  }

  private void arguments(Takes takes) {
    switch (takes) {
      case NOTHING -> {}
      case TABLE -> table = c.kind() == TokenKind.STRING ? named() : Names.table(c);
      case OPTIONAL_TABLE -> optionalTable();
      case OPTIONAL_TABLE_OR_VOLUME -> {
        if (c.accept("ON VOLUME")) {
          arguments.add(new SystemArgument.Table("ON VOLUME", Names.table(c)));
        } else {
          optionalTable();
        }
      }
      case DATABASE -> {
        table = Names.single(c);
        if (c.accept("STRICT")) {
          arguments.add(new SystemArgument.Word("STRICT"));
        }
      }
      case NAME -> arguments.add(new SystemArgument.Name(null, Names.identifierOrString(c)));
      case STRING -> arguments.add(value(null));
      case NUMBER ->
          arguments.add(new SystemArgument.Value(null, Literal.of(Literals.unsigned(c))));
      case OPTIONAL_NAMES -> names();
      case REPLICA -> replica();
      case SYNC_REPLICA -> syncReplica();
      case FILESYSTEM_CACHE -> filesystemCache();
      case TAG -> {
        if (c.accept("TAG")) {
          arguments.add(value("TAG"));
        }
      }
      case SCHEMA -> schema();
      case SETTINGS -> {
        table = Names.table(c);
        if (c.accept("SETTINGS")) {
          arguments.add(new SystemArgument.Settings(Settings.list(c)));
        }
      }
      case LISTEN -> listen();
      case SUSPEND -> {
        c.expect("FOR");
        long n = Literals.unsigned(c);
        String unit = Intervals.unit(c).name();
        arguments.add(new SystemArgument.Value("FOR", Literal.of(n)));
        arguments.add(new SystemArgument.Word(unit));
      }
      case FAKE_TIME -> {
        table = Names.table(c);
        if (c.accept("UNSET FAKE TIME")) {
          arguments.add(new SystemArgument.Word("UNSET FAKE TIME"));
        } else {
          c.expect("SET FAKE TIME");
          arguments.add(value("SET FAKE TIME"));
        }
      }
      case BACKUP_NAME -> {
        c.expect("WITH NAME");
        arguments.add(value("WITH NAME"));
      }
    }
  }

  private Identifier named() {
    return Identifier.of(Literals.string(c));
  }

  private SystemArgument value(@Nullable String word) {
    return new SystemArgument.Value(word, Literal.of(Literals.string(c)));
  }

  private void optionalTable() {
    if (!c.atEnd() && !c.at("ON CLUSTER") && !c.at("PARALLEL WITH")) {
      table = Names.table(c);
    }
  }

  private void names() {
    if (c.atEnd() || c.at("ON CLUSTER")) {
      return;
    }
    var names = new ArrayList<Expression>();
    do {
      names.add(Names.table(c));
    } while (c.accept(TokenKind.COMMA));
    arguments.add(new SystemArgument.Values(null, List.copyOf(names)));
  }

  private void replica() {
    arguments.add(value(null));
    if (c.accept("FROM SHARD")) {
      arguments.add(value("FROM SHARD"));
    }
    if (c.accept("FROM DATABASE")) {
      arguments.add(new SystemArgument.Name("FROM DATABASE", Names.identifier(c)));
    } else if (c.accept("FROM TABLE")) {
      arguments.add(new SystemArgument.Table("FROM TABLE", Names.table(c)));
    } else if (c.accept("FROM ZKPATH")) {
      arguments.add(value("FROM ZKPATH"));
    }
    if (c.accept("WITH TABLES")) {
      arguments.add(new SystemArgument.Word("WITH TABLES"));
    }
  }

  private void syncReplica() {
    table = Names.table(c);
    if (c.accept("IF EXISTS")) {
      arguments.add(new SystemArgument.Word("IF EXISTS"));
    }
    if (c.accept("STRICT")) {
      arguments.add(new SystemArgument.Word("STRICT"));
    } else if (c.accept("PULL")) {
      arguments.add(new SystemArgument.Word("PULL"));
    } else if (c.accept("LIGHTWEIGHT")) {
      arguments.add(new SystemArgument.Word("LIGHTWEIGHT"));
      if (c.accept("FROM")) {
        var replicas = new ArrayList<Expression>();
        do {
          replicas.add(Literal.of(Literals.string(c)));
        } while (c.accept(TokenKind.COMMA));
        arguments.add(new SystemArgument.Values("FROM", List.copyOf(replicas)));
      }
    }
  }

  private void filesystemCache() {
    if (c.kind() != TokenKind.STRING) {
      return;
    }
    arguments.add(value(null));
    if (c.accept("KEY")) {
      arguments.add(new SystemArgument.Name("KEY", Names.identifier(c)));
      if (c.accept("OFFSET")) {
        arguments.add(new SystemArgument.Value("OFFSET", Literals.number(c)));
      }
    }
  }

  private void schema() {
    if (!c.accept("FOR")) {
      return;
    }
    for (String kind : List.of("FILE", "S3", "HDFS", "URL", "AZURE", "Protobuf", "Files")) {
      if (c.kind() == TokenKind.WORD && c.tokenText().equalsIgnoreCase(kind)) {
        c.advance();
        arguments.add(new SystemArgument.Word("FOR " + kind));
        return;
      }
    }
    throw c.fail("FILE", "S3", "HDFS", "URL", "AZURE", "Protobuf");
  }

  private void listen() {
    for (String what : List.of("QUERIES ALL", "QUERIES DEFAULT", "QUERIES CUSTOM")) {
      if (c.accept(what)) {
        arguments.add(new SystemArgument.Word(what));
        if (c.accept("EXCEPT")) {
          var words = new StringBuilder("EXCEPT ").append(port());
          while (c.accept(TokenKind.COMMA)) {
            words.append(", ").append(port());
          }
          arguments.add(new SystemArgument.Word(words.toString()));
        }
        return;
      }
    }
    arguments.add(new SystemArgument.Word(port()));
    if (c.kind() == TokenKind.STRING) {
      arguments.add(value(null));
    }
  }

  private String port() {
    var words = new StringBuilder();
    while (c.kind() == TokenKind.WORD && !c.at("ON CLUSTER")) {
      words.append(words.isEmpty() ? "" : " ").append(c.tokenText().toUpperCase(Locale.ROOT));
      c.advance();
    }
    if (words.isEmpty()) {
      throw c.fail("TCP", "HTTP", "HTTPS", "QUERIES ALL");
    }
    return words.toString();
  }
}
