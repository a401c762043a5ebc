package io.zerostate.app.bench;

/** What a task's time goes to. */
public enum Stage {
    /** From when the request was meant to be sent to its answer. Passes while the task may already be in line. */
    SUBMIT("submit"),
    /** From when the task was stored to when its attempt began. */
    QUEUE("queue"),
    /** The attempt on its worker: getting the module ready and running it. Whole milliseconds. */
    RUN("run"),
    /** The rest of the attempt: on its way to the worker and back, and until its end was stored. */
    STORE("store"),
    /** What is left of the whole: until the request was stored, and from the end to when it was seen here. */
    AROUND("around"),
    /** From when the request was meant to be sent to when the task's end was seen. */
    END_TO_END("end to end");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
