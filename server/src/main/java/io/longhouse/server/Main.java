package io.longhouse.server;

import io.longhouse.client.log.Log;
import io.longhouse.engine.session.Engine;
import io.longhouse.server.config.ConfigException;
import io.longhouse.server.config.LogLevels;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.server.token.TokenProcessors;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code longhouse server}: opens the engine, listens, and stops on SIGTERM or SIGINT. */
public final class Main {
  private static final int OUT_OF_MEMORY_STATUS = 137;

  private Main() {}

  /**
   * Connections' threads read, plan and write for their clients, which the operating system has to
   * share out among more threads than there are processors: one that is busy gives no other way.
   */
  private static void widenCarriers() {
    String key = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(key) == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      System.setProperty(key, Integer.toString(Math.max(8, 4 * processors)));
    }
  }

  public static void main(String[] arguments) {
    widenCarriers();
    int status = run(List.of(arguments));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.println(
          "longhouse server [--config-file=FILE] [--KEY=VALUE]...\n"
              + "KEY is any key of ClickHouse's configuration, for example --path=./data"
              + " --http_port=8123 --tcp_port=9000 --listen_host=127.0.0.1"
              + " --logger.level=information");
      return 0;
    }
    try {
      ServerConfig config = ServerConfig.of(arguments);
      Log.configure(
          LogLevels.of(config.log().level()), config.log().console(), config.log().file());
      serve(arguments, config);
      return 0;
    } catch (ConfigException e) {
      System.err.println(e.message());
      return 78;
    } catch (LonghouseException e) {
      System.err.println(
          "Code: " + e.code() + ". DB::Exception: " + e.message() + " (" + e.name() + ")");
      return e.code() % 256 == 0 ? 1 : e.code() % 256;
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private static void serve(List<String> arguments, ServerConfig config) throws IOException {
    long startedNs = System.nanoTime();
    Thread.setDefaultUncaughtExceptionHandler(Main::uncaught);
    try (StatusFile status = StatusFile.take(config.path());
        TokenProcessors tokens = config.tokens()) {
      Engine engine = Engine.open(config.engine(), tokens);
      Server server = new Server(engine, config);
      var stopped = new CountDownLatch(1);
      try {
        server.start();
      } catch (IOException e) {
        server.close();
        throw e;
      }
      var watch = new ConfigWatch(arguments, config, server);
      engine.reloader(watch::reload);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .name("shutdown")
                  .unstarted(() -> {
                    watch.close();
                    server.close();
                    status.close();
                    stopped.countDown();
                  }));
      Thread.ofVirtual().start(engine::guardHeap);
      System.getLogger(Main.class.getName())
          .log(
              Level.DEBUG,
              () -> "started in " + (System.nanoTime() - startedNs) / 1_000_000 + " ms");
      System.err.println(
          "Longhouse is ready: " + server.addresses() + ", data in " + config.path());
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A thread of the JVM or ours that dies for want of memory leaves a server that listens and does
   * not answer. What was answered is on disk: it is better to end, so that a supervisor starts
   * anew.
   */
  private static void uncaught(Thread thread, Throwable e) {
    if (e instanceof OutOfMemoryError) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY_STATUS);
    }
    System.getLogger(Main.class.getName())
        .log(Level.ERROR, () -> "Thread " + thread.getName() + " ended", e);
  }
}
