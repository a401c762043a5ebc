// What the page knows of a task's states. A task here is the JSON of the API, kept current by live messages.

const TERMINAL = new Set(['completed', 'failed', 'cancelled']);

export function isTerminal(status) {
  return TERMINAL.has(status);
}

/**
 * The place of a task's state in its history, from 1 without gaps: the n-th attempt starts as 2n and ends as 2n + 1. Live
 * messages carry it as `seq`; for a task of the API it follows from the rest.
 */
export function seqOf(task) {
  if (task.seq !== undefined) return task.seq;
  if (task.status === 'running') return 2 * task.attempt;
  // A cancelled one never changes again: being past every other state is all that matters.
  if (task.status === 'cancelled') return 2 * task.attempt + 2;
  return 2 * task.attempt + 1;
}

/**
 * The task with a live `task_update` applied; the task itself when the update is no newer. `seq` orders the states of one
 * task: messages and answers overtake each other, so the older of two is dropped.
 */
export function withUpdate(task, update) {
  if (update.seq <= seqOf(task)) return task;
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

/** Whichever of two pictures of the same task is the newer, the second when they are of the same state. */
export function newer(one, other) {
  return seqOf(other) >= seqOf(one) ? other : one;
}
