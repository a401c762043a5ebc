package io.zerostate.faults;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A taste of the profile {@code faults}, in every build. */
@ExtendWith(Stage.Extension.class)
class ShortMixIT {
    private static final Duration TIME = Duration.ofSeconds(36);

    @Test
    void nothingIsLostOrDoubledWhateverGoesWrong(Stage stage) throws Exception {
        RandomMix.run(stage, TIME);
    }
}
