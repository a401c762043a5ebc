/**
 * A node as a member of a cluster: Hazelcast finds the others and carries the bus between them ({@code cluster.xml}).
 *
 * <p>Layer 4. Imports {@code config}; Hazelcast and its cluster manager for Vert.x.
 */
@NullMarked
package io.zerostate.app.cluster;

import org.jspecify.annotations.NullMarked;
