package io.longhouse.server;

import io.longhouse.client.log.Log;
import io.longhouse.cluster.keeper.EmbeddedKeeper;
import io.longhouse.cluster.keeper.KeeperServerConfig;
import io.longhouse.server.config.ConfigException;
import io.longhouse.server.config.LogLevels;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code longhouse keeper}: a Keeper without a server around it, until SIGTERM or SIGINT. */
public final class KeeperMain {
  private KeeperMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    int status = run(List.of(arguments));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(List<String> arguments) throws InterruptedException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.println(
          "longhouse keeper --config-file=FILE [--KEY=VALUE]...\n"
              + "KEY is a key below keeper_server of ClickHouse's configuration, for example"
              + " --keeper_server.tcp_port=9181 --keeper_server.storage_path=./keeper");
      return 0;
    }
    try {
      ServerConfig config = ServerConfig.of(arguments);
      Log.configure(
          LogLevels.of(config.log().level()), config.log().console(), config.log().file());
      KeeperServerConfig keeper = KeeperServerConfig.read(config.keys(), config.path());
      if (keeper == null) {
        System.err.println("keeper_server.tcp_port is missing; longhouse keeper --help");
        return 78;
      }
      serve(keeper);
      return 0;
    } catch (ConfigException e) {
      System.err.println(e.message());
      return 78;
    } catch (LonghouseException e) {
      System.err.println(
          "Code: " + e.code() + ". DB::Exception: " + e.message() + " (" + e.name() + ")");
      return 1;
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  /** Two on one folder would destroy each other's files, hence the lock. */
  private static void serve(KeeperServerConfig config) throws IOException, InterruptedException {
    try (StatusFile status = StatusFile.take(config.folder());
        EmbeddedKeeper keeper = EmbeddedKeeper.start(config)) {
      var stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .name("shutdown")
                  .unstarted(() -> {
                    keeper.close();
                    status.close();
                    stopped.countDown();
                  }));
      System.err.println(
          "Longhouse Keeper is ready: port "
              + keeper.port()
              + (config.members().isEmpty()
                  ? ""
                  : ", " + config.serverId() + " of " + config.members().size() + " members")
              + ", data in "
              + config.folder());
      stopped.await();
    }
  }
}
