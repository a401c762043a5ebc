package io.zerostate.push;

import io.zerostate.bus.TaskEvent;

/** Hears what happens to one task. */
interface TaskListener {
    void changed(TaskEvent.Changed changed);

    void wrote(OutputChunk chunk);
}
