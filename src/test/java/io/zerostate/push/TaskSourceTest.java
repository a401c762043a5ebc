package io.zerostate.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.TaskFound;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskSourceTest {
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.withCodecs(vertx);
    private final TaskSource source = new TaskSource(bus);
    private final StoredTask task = new StoredTask();
    private final List<FindTask> questions = new ArrayList<>();
    private Promise<TaskFound> answer = Promise.promise();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void serve() {
        bus.serve(Addresses.TASK_FIND, question -> {
                    questions.add(question);
                    return answer.future();
                })
                .await();
    }

    private FindTask question() {
        return new FindTask(StoredTask.TENANT, task.id);
    }

    @Test
    void whoAsksTheSameAtTheSameTimeSharesAnAnswer() {
        serve();
        List<Future<TaskFound>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(source.find(question()));
        }
        TaskFound found = task.found();
        answer.complete(found);

        assertThat(answers).allSatisfy(each -> assertThat(each.await()).isSameAs(found));
        assertThat(questions).hasSize(1);
    }

    @Test
    void anAnswerIsNotKept() {
        serve();
        answer.complete(task.found());
        source.find(question()).await();
        answer = Promise.promise();
        TaskFound newer = task.found();
        answer.complete(newer);

        assertThat(source.find(question()).await()).isSameAs(newer);
        assertThat(questions).hasSize(2);
    }

    @Test
    void aFailureIsNotKeptEither() {
        assertThat(source.find(question()).transform(Future::succeededFuture).await().failed()).isTrue();
        serve();
        TaskFound found = task.found();
        answer.complete(found);

        assertThat(source.find(question()).await()).isSameAs(found);
    }
}
