package io.zerostate.queue.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.zerostate.queue.redis.ScriptTexts.ScriptText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has Redis run scripts by their digest, and sends the text of one that it does not know, as after a restart. */
final class RedisScripts {
    private final RedisLink link;
    private final RedisTarget target;
    private final QueueKeys keys;
    private final ScriptTexts texts;

    RedisScripts(RedisLink link, RedisTarget target, QueueKeys keys, ScriptTexts texts) {
        this.link = link;
        this.target = target;
        this.keys = keys;
        this.texts = texts;
    }

    /** What the script answers; fails with a reason for people. */
    Future<@Nullable Response> run(Script script, List<String> arguments) {
        ScriptText text = texts.of(script);
        return link.send(request(Command.EVALSHA, text.sha1(), arguments))
                .recover(failure -> isUnknown(failure)
                        ? link.send(request(Command.EVAL, text.text(), arguments))
                        : Future.failedFuture(failure))
                .recover(failure -> Future.failedFuture(target.explain(failure)));
    }

    Future<Void> close() {
        return link.close();
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof Response && String.valueOf(failure.getMessage()).startsWith("NOSCRIPT");
    }

    private Request request(Command command, String script, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.all().size());
        keys.all().forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }
}
