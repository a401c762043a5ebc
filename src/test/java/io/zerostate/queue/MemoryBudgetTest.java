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

    /** Has tasks of these sizes claimed. */
    private void take(long... sizes) {
        memory.settle(memory.grant(sizes.length), mib(sizes), List.of());
    }

    @Test
    void tasksAreClaimedForIdleWorkersAsLongAsTheyShouldFit() {
        assertThat(memory.grant(2).tasks()).isEqualTo(2);
        assertThat(memory.grant(64).tasks()).as("of 128 MiB, beside those two").isEqualTo(5);
        assertThat(memory.grant(1)).as("while a claim is under way that may leave nothing").isNull();
    }

    @Test
    void aClaimThatIsNotMadeTakesNothing() {
        Grant grant = memory.grant(64);
        memory.giveBack(grant);
        assertThat(memory.grant(64)).isEqualTo(grant);
    }

    @Test
    void whatWasClaimedIsTakenUntilItsRunIsOver() {
        take(128, 128, 128, 128, 128, 128, 128);
        Grant rest = memory.grant(4);
        assertThat(rest).isEqualTo(new Grant(1, 104 * MIB, true, 0));
        memory.giveBack(rest);
        memory.free(128 * MIB);
        assertThat(memory.grant(4).bytes()).isEqualTo(128 * MIB);
    }

    @Test
    void afterATaskThatWasLargerThanGuessedTheNextClaimIsOfferedEnoughForIt() {
        memory.settle(memory.grant(1), List.of(), mib(600));
        assertThat(memory.isExhausted()).isFalse();
        assertThat(memory.grant(8).bytes()).isEqualTo(600 * MIB);
    }

    @Test
    void whereAllIsNotEnoughNothingIsClaimedUntilARunIsOver() {
        take(128);
        memory.settle(memory.grant(1), List.of(), mib(900));
        Grant all = memory.grant(8);
        assertThat(all.bytes()).isEqualTo(872 * MIB);
        memory.settle(all, List.of(), mib(900));
        assertThat(memory.isExhausted()).isTrue();
        assertThat(memory.grant(8)).isNull();

        memory.free(128 * MIB);
        assertThat(memory.grant(8).bytes()).isEqualTo(900 * MIB);
    }

    @Test
    void memoryThatBecameFreeDuringAClaimIsNotOverlooked() {
        take(128);
        memory.settle(memory.grant(1), List.of(), mib(900));
        Grant all = memory.grant(8);
        memory.free(128 * MIB);
        memory.settle(all, List.of(), mib(900));
        assertThat(memory.grant(8)).isNotNull();
    }

    @Test
    void aLargeTaskIsForgottenAfterSomeClaims() {
        take(800);
        memory.free(800 * MIB);
        assertThat(memory.grant(8).tasks()).isEqualTo(1);
        MemoryBudget other = new MemoryBudget(1_000 * MIB);
        other.settle(other.grant(1), List.of(), mib(800));
        for (int i = 0; i < 30; i++) {
            other.settle(other.grant(1), mib(64), List.of());
            other.free(64 * MIB);
        }
        assertThat(other.grant(8).tasks()).isEqualTo(8);
    }

    @Test
    void theSumOfWhatIsClaimedIsNeverMoreThanThereIs() {
        Random random = new Random(4_711);
        List<Long> running = new ArrayList<>();
        List<Grant> grants = new ArrayList<>();
        long sum = 0;
        for (int step = 0; step < 10_000; step++) {
            Grant grant = memory.grant(random.nextInt(9));
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
                running.addAll(taken);
                sum += taken.stream().mapToLong(Long::longValue).sum();
            } else if (!running.isEmpty()) {
                long bytes = running.remove(random.nextInt(running.size()));
                memory.free(bytes);
                sum -= bytes;
            }
            long granted = grants.stream().mapToLong(Grant::bytes).sum();
            assertThat(memory.used()).isEqualTo(sum);
            assertThat(sum + granted).isLessThanOrEqualTo(memory.whole());
            assertThat(running.isEmpty() && grants.isEmpty() && memory.isExhausted())
                    .as("waits for the end of a run while none is there")
                    .isFalse();
        }
    }
}
