package io.longhouse.engine.session;

/**
 * The query of a client that a query comes from: the same one on the first server, another one
 * where a server asks on its behalf.
 *
 * @param secondary whether another server asks
 * @param trusted whether that server has proved to belong to a cluster with this one
 * @param user who asked first
 * @param address of the client, address and port
 * @param startMicros since 1970
 * @param depth how many servers it went through; servers of old do not say
 * @param client with what somebody asked; the address is that of who asks this server
 */
public record InitialQuery(
    boolean secondary,
    boolean trusted,
    String user,
    String queryId,
    String address,
    long startMicros,
    int depth,
    ClientInfo client) {}
