package io.longhouse.cluster.keeper;

/**
 * What Keeper knows of a node.
 *
 * @param czxid transaction that made it
 * @param mzxid transaction that wrote its data last
 * @param ctimeMs when it was made, in milliseconds since 1970
 * @param mtimeMs when its data was written last
 * @param version of the data
 * @param cversion of the list of children
 * @param aversion of the access list
 * @param ephemeralOwner the session it lives with; 0 for none
 * @param dataLength in bytes
 * @param pzxid transaction that changed the list of children last
 */
public record KeeperStat(
    long czxid,
    long mzxid,
    long ctimeMs,
    long mtimeMs,
    int version,
    int cversion,
    int aversion,
    long ephemeralOwner,
    int dataLength,
    int childCount,
    long pzxid) {}
