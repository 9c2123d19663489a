package chat.weir;

import chat.weir.account.Sessions;
import chat.weir.channel.Channels;
import chat.weir.connection.Errands;
import chat.weir.connection.RecentSpeakers;
import chat.weir.protocol.ErrorReply;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets now and then what nobody needs any more: empty channels, expired logins, and who spoke a while ago. */
record Forgetting(Channels channels, Sessions sessions, RecentSpeakers speakers, Errands errands) {
    private static final Logger log = LoggerFactory.getLogger(Forgetting.class);
    private static final long EVERY_SECONDS = 10;

    void start(ScheduledExecutorService scheduler) {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::forget, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void forget() {
        try {
            channels.forgetEmpty();
            speakers.forgetOld();
            errands.query("", this::forgetLogins);
        } catch (Throwable e) {
            // Whatever left here would silently end all forgetting.
            log.error("forgetting failed", e);
        }
    }

    private void forgetLogins() {
        try {
            sessions.forgetExpired();
        } catch (ErrorReply e) {
            log.warn("expired logins are forgotten later: {}", e.text());
        }
    }
}
