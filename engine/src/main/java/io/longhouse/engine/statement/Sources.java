package io.longhouse.engine.statement;

import org.jspecify.annotations.Nullable;

/** Which outside source a table engine or table function reaches, as {@code READ ON} names it. */
public final class Sources {
  private Sources() {}

  static @Nullable String ofEngine(String engine) {
    return switch (engine) {
      case "File" -> "FILE";
      case "URL" -> "URL";
      case "Distributed" -> "REMOTE";
      case "MySQL" -> "MYSQL";
      case "PostgreSQL", "MaterializedPostgreSQL" -> "POSTGRES";
      case "SQLite" -> "SQLITE";
      case "MongoDB" -> "MONGO";
      case "Redis" -> "REDIS";
      case "ODBC" -> "ODBC";
      case "JDBC" -> "JDBC";
      case "HDFS" -> "HDFS";
      case "Hive" -> "HIVE";
      case "Kafka" -> "KAFKA";
      case "NATS" -> "NATS";
      case "RabbitMQ" -> "RABBITMQ";
      case "AzureBlobStorage", "AzureQueue" -> "AZURE";
      default -> engine.startsWith("S3") || engine.startsWith("COSN") ? "S3" : null;
    };
  }

  /** Null for a function that reaches nothing outside. */
  public static @Nullable String ofFunction(String function) {
    return switch (function) {
      case "file", "fileCluster" -> "FILE";
      case "url", "urlCluster" -> "URL";
      case "remote", "remoteSecure", "cluster", "clusterAllReplicas" -> "REMOTE";
      case "mysql" -> "MYSQL";
      case "postgresql" -> "POSTGRES";
      case "sqlite" -> "SQLITE";
      case "mongodb" -> "MONGO";
      case "redis" -> "REDIS";
      case "odbc" -> "ODBC";
      case "jdbc" -> "JDBC";
      case "hdfs", "hdfsCluster" -> "HDFS";
      case "hive" -> "HIVE";
      case "azureBlobStorage", "azureBlobStorageCluster" -> "AZURE";
      case "input" -> null;
      default ->
          function.startsWith("s3") || function.startsWith("gcs") || function.startsWith("oss")
              ? "S3"
              : null;
    };
  }
}
