package io.longhouse.wire;

/**
 * Revisions of the native protocol by what came with them. A field is on the wire when the smaller
 * of the two sides' revisions has it.
 */
public final class Revision {
  /** What both our server and our client announce: ClickHouse 26.7's. */
  public static final int OURS = 54488;

  /** Older peers lack the framing of blocks that everything here relies on. */
  public static final int OLDEST = 54032;

  /** Servers can be asked for the state of tables. */
  public static final int TABLES_STATUS = 54226;

  static final int SERVER_TIMEZONE = 54058;
  static final int QUOTA_KEY_IN_CLIENT_INFO = 54060;
  static final int TIME_ZONE_IN_DATETIME = 54337;
  static final int SERVER_DISPLAY_NAME = 54372;
  static final int VERSION_PATCH = 54401;
  static final int LOW_CARDINALITY = 54405;
  public static final int SERVER_LOGS = 54406;
  public static final int TABLE_COLUMNS = 54410;

  /** Log lines name threads by ids from some revision behind 18.16's on. */
  public static final int THREAD_IDS = 54420;

  static final int CLIENT_WRITE_INFO = 54420;
  public static final int SETTINGS_AS_STRINGS = 54429;
  public static final int INTERSERVER_SECRET = 54441;
  static final int OPENTELEMETRY = 54442;
  static final int X_FORWARDED_FOR = 54443;
  static final int REFERER = 54447;
  static final int DISTRIBUTED_DEPTH = 54448;
  static final int INITIAL_QUERY_START_TIME = 54449;
  public static final int PROFILE_EVENTS = 54451;
  static final int PARALLEL_REPLICAS = 54453;
  static final int CUSTOM_SERIALIZATION = 54454;
  public static final int PROFILE_EVENTS_IN_INSERT = 54456;
  public static final int ADDENDUM = 54458;
  public static final int PARAMETERS = 54459;
  static final int ELAPSED_IN_PROGRESS = 54460;
  static final int PASSWORD_RULES = 54461;
  static final int NONCE = 54462;
  static final int TOTAL_BYTES_IN_PROGRESS = 54463;
  public static final int READ_ONLY_IN_TABLES_STATUS = 54467;
  static final int ROWS_BEFORE_AGGREGATION = 54469;
  static final int CHUNKED_PACKETS = 54470;
  static final int VERSIONED_PARALLEL_REPLICAS = 54471;
  public static final int EXTERNAL_ROLES = 54472;
  static final int SERVER_SETTINGS = 54474;
  static final int QUERY_AND_LINE_NUMBERS = 54475;
  static final int JWT = 54476;
  static final int QUERY_PLAN = 54477;
  static final int CLUSTER_FUNCTIONS = 54479;
  static final int OUT_OF_ORDER_BUCKETS = 54480;
  public static final int COMPRESSED_LOGS = 54481;
  static final int CLIENT_AGENT = 54485;
  static final int INTERNAL_QUERY = 54486;
  public static final int SECRET_IN_TABLES_STATUS = 54487;
  static final int CURRENT_ROLES = 54488;

  private Revision() {}
}
