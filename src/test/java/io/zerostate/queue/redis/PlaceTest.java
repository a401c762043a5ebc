package io.zerostate.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.bus.QueueEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlaceTest {
    private static final UUID ID = new UUID(7, 9);
    private static final String ARRIVAL = "00000000000a";

    @Property
    void turnsAreInTheOrderOfRankAndTime(@ForAll("entries") QueueEntry one, @ForAll("entries") QueueEntry other) {
        int order = Comparator.comparingInt(QueueEntry::rank).thenComparing(QueueEntry::runAt).compare(one, other);
        int ofTurns = Place.of(one).turn().compareTo(Place.of(other).turn());

        assertThat(Integer.signum(ofTurns)).isEqualTo(Integer.signum(order));
    }

    @Property
    void anEntryComesBackAsItWas(@ForAll("entries") QueueEntry entry) {
        assertThat(Place.read(Place.of(entry).turn() + ARRIVAL + ID)).isEqualTo(entry);
    }

    @Example
    void finerTimesAreRoundedUpSoThatNothingIsLeasedEarly() {
        Place place = Place.of(new QueueEntry(ID, 0, Instant.ofEpochSecond(1, 1_001)));

        assertThat(place.due()).isEqualTo("1000002");
    }

    @Example
    void timesBeyondAllCalendarsAreKeptInOrder() {
        assertThat(Place.of(new QueueEntry(ID, 0, Instant.MAX)).micros()).isGreaterThan(9_000_000_000_000_000_000L);
        assertThat(Place.of(new QueueEntry(ID, 0, Instant.MIN)).micros()).isLessThan(-9_000_000_000_000_000_000L);
    }

    @Example
    void aRankThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Place.of(new QueueEntry(ID, 128, Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("128");
    }

    @Provide
    Arbitrary<QueueEntry> entries() {
        // Few distinct values and any value: equal ranks and times are where order is decided by what comes after.
        Arbitrary<Integer> ranks = Arbitraries.integers().between(-128, 127);
        Arbitrary<Long> micros = Arbitraries.oneOf(
                Arbitraries.longs().between(-3, 3), Arbitraries.longs().between(-62_135_596_800_000_000L, 253_402_300_799_000_000L));
        return Combinators.combine(ranks, micros)
                .as((rank, time) -> new QueueEntry(
                        ID, rank, Instant.ofEpochSecond(Math.floorDiv(time, 1_000_000L), Math.floorMod(time, 1_000_000L) * 1_000)));
    }
}
