package io.zerostate.push;

import io.vertx.core.Future;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.BusMessage;
import io.zerostate.bus.FindResult;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.ListTasks;
import io.zerostate.bus.Operation;
import io.zerostate.bus.OutputRead;
import io.zerostate.bus.ReadOutput;
import io.zerostate.bus.ResultFound;
import io.zerostate.bus.TaskFound;
import io.zerostate.bus.TaskPage;
import java.util.HashMap;
import java.util.Map;

/**
 * Where streams get what was before them: states and results from the store, output from the node that runs the task. Hundreds of clients
 * that come for the same at the same moment, as after a restart, make one question of it. Belongs to one context.
 */
final class TaskSource {
    private final Bus bus;
    private final Map<BusMessage, Future<?>> asked = new HashMap<>();

    TaskSource(Bus bus) {
        this.bus = bus;
    }

    Future<TaskFound> find(FindTask question) {
        return ask(Addresses.TASK_FIND, question);
    }

    Future<ResultFound> result(FindResult question) {
        return ask(Addresses.RESULT_FIND, question);
    }

    /** @param node the one that runs the attempt */
    Future<OutputRead> output(String node, ReadOutput question) {
        return ask(Addresses.output(node), question);
    }

    Future<TaskPage> newest(ListTasks question) {
        return ask(Addresses.TASK_LIST, question);
    }

    private <Q extends BusMessage, R extends BusMessage> Future<R> ask(Operation<Q, R> operation, Q question) {
        Future<?> answer = asked.computeIfAbsent(question, q -> bus.request(operation, question));
        answer.onComplete(answered -> asked.remove(question, answer));
        return answer.map(operation.reply()::cast);
    }
}
