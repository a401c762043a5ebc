/**
 * The task queue that the nodes of a cluster share: the port on Redis, 6.2 or later, alone or a Redis Cluster.
 *
 * <p>Each call of the port is one script that runs inside Redis, at once and alone, so that no two nodes can ever take the same
 * task and a task is never in two places. The scripts, and the keys that they keep, are in {@code queue/redis/line.lua} and
 * beside it.
 *
 * <p>Redis must not evict keys ({@code maxmemory-policy noeviction}); it may be restarted empty. Its user needs the keys
 * {@code {namespace}:*} and the commands {@code eval evalsha time blpop rpush llen del exists incrby hello}, those of sorted sets and of
 * hashes; {@code select} where the URL names a database, {@code cluster|slots} in a Redis Cluster.
 *
 * <p>Layer 3. Imports {@code queue} (its port), {@code bus} for the values of that port, layer 0 and {@code config}; vertx-core,
 * vertx-redis-client.
 */
@NullMarked
package io.zerostate.queue.redis;

import org.jspecify.annotations.NullMarked;
