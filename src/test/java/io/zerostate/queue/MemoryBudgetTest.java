package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.queue.MemoryBudget.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final long MIB = 1L << 20;

    private final MemoryBudget memory = new MemoryBudget(1_000 * MIB);

    private static List<Long> mib(long... sizes) {
        List<Long> bytes = new ArrayList<>();
        for (long size : sizes) {
            bytes.add(size * MIB);
        }
        return bytes;
    }

    /** Has tasks of these sizes claimed, and lets them begin. */
    private void take(long... sizes) {
        memory.settle(memory.grant(sizes.length, 0), mib(sizes), List.of());
        mib(sizes).forEach(memory::begin);
    }

    @Test
    void tasksAreClaimedForIdleWorkersAsLongAsTheyShouldFit() {
        assertThat(memory.grant(2, 0).tasks()).isEqualTo(2);
        assertThat(memory.grant(64, 0).tasks()).as("of 128 MiB, beside those two").isEqualTo(5);
        assertThat(memory.grant(1, 0)).as("while a claim is under way that may leave nothing").isNull();
    }

    @Test
    void aClaimThatIsNotMadeTakesNothing() {
        Grant grant = memory.grant(64, 0);
        memory.giveBack(grant);
        assertThat(memory.grant(64, 0)).isEqualTo(grant);
    }

    @Test
    void whatWasClaimedIsTakenUntilItsRunIsOver() {
        take(128, 128, 128, 128, 128, 128, 128);
        Grant rest = memory.grant(4, 0);
        assertThat(rest).isEqualTo(new Grant(1, 104 * MIB, true, 0));
        memory.giveBack(rest);
        memory.free(128 * MIB);
        assertThat(memory.grant(4, 0).bytes()).isEqualTo(128 * MIB);
    }

    @Test
    void afterATaskThatWasLargerThanGuessedTheNextClaimIsOfferedEnoughForIt() {
        memory.settle(memory.grant(1, 0), List.of(), mib(600));
        assertThat(memory.isExhausted()).isFalse();
        assertThat(memory.grant(8, 0).bytes()).isEqualTo(600 * MIB);
    }

    @Test
    void whereAllIsNotEnoughNothingIsClaimedUntilARunIsOver() {
        take(128);
        memory.settle(memory.grant(1, 0), List.of(), mib(900));
        Grant all = memory.grant(8, 0);
        assertThat(all.bytes()).isEqualTo(872 * MIB);
        memory.settle(all, List.of(), mib(900));
        assertThat(memory.isExhausted()).isTrue();
        assertThat(memory.grant(8, 0)).isNull();

        memory.free(128 * MIB);
        assertThat(memory.grant(8, 0).bytes()).isEqualTo(900 * MIB);
    }

    @Test
    void memoryThatBecameFreeDuringAClaimIsNotOverlooked() {
        take(128);
        memory.settle(memory.grant(1, 0), List.of(), mib(900));
        Grant all = memory.grant(8, 0);
        memory.free(128 * MIB);
        memory.settle(all, List.of(), mib(900));
        assertThat(memory.grant(8, 0)).isNotNull();
    }

    @Test
    void aLargeTaskIsForgottenAfterSomeClaims() {
        take(800);
        memory.free(800 * MIB);
        assertThat(memory.grant(8, 0).tasks()).isEqualTo(1);
        MemoryBudget other = new MemoryBudget(1_000 * MIB);
        other.settle(other.grant(1, 0), List.of(), mib(800));
        for (int i = 0; i < 30; i++) {
            other.settle(other.grant(1, 0), mib(64), List.of());
            other.begin(64 * MIB);
            other.free(64 * MIB);
        }
        assertThat(other.grant(8, 0).tasks()).isEqualTo(8);
    }

    @Test
    void whatIsClaimedAheadNeedsNoMemoryYet() {
        take(128, 128, 128, 128, 128, 128, 128);
        Grant ahead = memory.grant(64, 3);
        assertThat(ahead.tasks()).isEqualTo(3);
        memory.settle(ahead, mib(128, 128, 128), List.of());
        assertThat(memory.grant(64, 3)).as("while those wait").isNull();
        assertThat(memory.hasRoomFor(128 * MIB)).isFalse();

        memory.free(128 * MIB);
        assertThat(memory.hasRoomFor(128 * MIB)).isTrue();
        memory.begin(128 * MIB);
        assertThat(memory.hasRoomFor(128 * MIB)).isFalse();
        assertThat(memory.grant(64, 3).tasks()).isEqualTo(1);
    }

    @Test
    void whatWasClaimedAheadAndGoesBackLeavesItsPlace() {
        take(800);
        memory.settle(memory.grant(1, 1), mib(400), List.of());
        assertThat(memory.grant(1, 1)).isNull();
        memory.giveBack(400 * MIB);
        assertThat(memory.grant(1, 1)).isNotNull();
        assertThat(memory.reserved()).isEqualTo(800 * MIB);
    }

    @Test
    void theSumOfWhatIsClaimedIsNeverMoreThanThereIs() {
        Random random = new Random(4_711);
        List<Long> running = new ArrayList<>();
        List<Grant> grants = new ArrayList<>();
        long sum = 0;
        for (int step = 0; step < 10_000; step++) {
            Grant grant = memory.grant(random.nextInt(9), 0);
            if (grant != null) {
                grants.add(grant);
            }
            if (!grants.isEmpty() && random.nextBoolean()) {
                Grant answered = grants.remove(random.nextInt(grants.size()));
                List<Long> taken = new ArrayList<>();
                List<Long> wanting = new ArrayList<>();
                long left = answered.bytes();
                for (int i = 0; i < answered.tasks(); i++) {
                    long bytes = 1 + random.nextLong(1_000 * MIB);
                    left -= bytes;
                    (left >= 0 ? taken : wanting).add(bytes);
                }
                memory.settle(answered, taken, wanting);
                taken.forEach(memory::begin);
                running.addAll(taken);
                sum += taken.stream().mapToLong(Long::longValue).sum();
            } else if (!running.isEmpty()) {
                long bytes = running.remove(random.nextInt(running.size()));
                memory.free(bytes);
                sum -= bytes;
            }
            long granted = grants.stream().mapToLong(Grant::bytes).sum();
            assertThat(memory.reserved()).isEqualTo(sum);
            assertThat(sum + granted).isLessThanOrEqualTo(memory.whole());
            assertThat(running.isEmpty() && grants.isEmpty() && memory.isExhausted())
                    .as("waits for the end of a run while none is there")
                    .isFalse();
        }
    }
}
