package io.zerostate.faults;

import io.zerostate.config.Quantity;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A random mix for a time of one's choice: {@code mvn -B verify -Pfaults -Dfaults.mix=1h}. */
@Tag("faults-mix")
@ExtendWith(Stage.Extension.class)
class RandomMixIT {

    @Test
    void nothingIsLostOrDoubledWhateverGoesWrong(Stage stage) throws Exception {
        RandomMix.run(stage, Duration.ofMillis(Quantity.milliseconds(System.getProperty("faults.mix"))));
    }
}
