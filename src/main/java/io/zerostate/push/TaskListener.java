package io.zerostate.push;

import io.zerostate.bus.TaskEvent;

/** Hears what happens to one task. */
interface TaskListener {
    /** @param message what is to be sent of it */
    void changed(TaskEvent.Changed changed, PublicMessage message);

    /** @param message what is to be sent of it, unless a part is known already */
    void wrote(TaskEvent.Wrote wrote, PublicMessage message);
}
