// What the page knows of a task's states. A task here is the JSON of the API, kept current by live messages.

const TERMINAL = new Set(['completed', 'failed', 'cancelled']);

export function isTerminal(status) {
  return TERMINAL.has(status);
}

/**
 * The task with a live `task_update` applied; the task itself when the update is no newer. `seq` orders the states of one
 * task: messages and answers overtake each other, so the older of two is dropped.
 */
export function withUpdate(task, update) {
  if (task.seq !== undefined && update.seq <= task.seq) return task;
  return {
    ...task,
    status: update.status,
    attempt: update.attempt,
    message: update.message,
    progress: update.progress,
    query: update.query ?? task.query,
    updated_at: update.at,
    seq: update.seq,
    started_at: update.status === 'running' ? update.at : task.started_at,
    finished_at: isTerminal(update.status) ? update.at : task.finished_at,
  };
}

/** Whichever of two pictures of the same task is the newer. */
export function newer(one, other) {
  return (other.seq ?? 0) >= (one.seq ?? 0) ? other : one;
}
