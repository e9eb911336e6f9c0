package io.longhouse.client;

/** What {@code --help} prints. */
final class Usage {
  private static final String COMMON =
      """
        -q, --query TEXT         run this and end; may be given more than once
        --queries-file FILE      run the statements of a file
        -n, --multiquery         several statements in one text are always allowed
        -E, --vertical           the same as --format=Vertical
        -t, --time               print the time taken to standard error
        --progress[=off]         show progress also when not interactive, or never
        --echo                   print each statement before it runs
        --ignore-error           go on with the next statement after an error
        --stacktrace             print the stack trace of an error
        --param_NAME=VALUE       the value of {NAME:Type}
        --SETTING=VALUE          any setting, for example --max_threads=4
        -V, --version
        --help
      """;

  static final String CLIENT =
      """
      longhouse client [clickhouse://user:password@host:port/database] [OPTIONS]

        -h, --host NAME          localhost
        --port NUMBER            9000, or 9440 with --secure
        -u, --user NAME          default
        --password TEXT          without a value it is asked for
        --jwt TOKEN              a token instead of user and password
        -d, --database NAME
        -s, --secure             TLS
        --accept-invalid-certificate
        --certificate FILE       with --private-key FILE: who one is, in PEM
        --compression METHOD     1 (LZ4), 0, or a codec such as ZSTD(1)
        --history_file FILE      ~/.longhouse-client-history
        -f, --format NAME        the output's format
      """
          + COMMON
          + """

          Without a query it reads statements from standard input, or, on a terminal, from a person.
          Data of an INSERT may follow on standard input: longhouse client -q 'INSERT INTO t FORMAT CSV' < file.csv
          """;

  static final String LOCAL =
      """
      longhouse local [OPTIONS] [QUERY]

        -N, --table NAME         the table that holds the input; "table"
        -f, --file FILE          where the input is; - is standard input
        -S, --structure TEXT     its columns: 'a UInt64, b String'
        --input-format NAME      its format; TabSeparated, or by the file's name
        --output-format NAME     the output's format
        --path FOLDER            keep databases there instead of in memory
      """
          + COMMON;

  private Usage() {}
}
