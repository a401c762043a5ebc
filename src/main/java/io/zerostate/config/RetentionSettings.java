package io.zerostate.config;

import java.time.Duration;

/**
 * How long tasks are kept that have ended.
 *
 * @param age removed when they ended longer ago; zero keeps them for ever
 * @param tasks the newest so many stay, older ones are removed when they have ended; 0 keeps all
 * @param every how often they are looked for
 */
public record RetentionSettings(Duration age, long tasks, Duration every) {
    /** Whether anything is ever removed. */
    public boolean isLimited() {
        return !age.isZero() || tasks > 0;
    }
}
