package chat.weir;

import chat.weir.account.LoginSessions;
import chat.weir.channel.ChannelRegistry;
import chat.weir.enforcement.RecentSenders;
import chat.weir.protocol.ChatException;
import chat.weir.worker.WorkerPools;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Periodic cleanup: empty channels, expired logins, and recent senders of a while ago. */
record MaintenanceTasks(
        ChannelRegistry channels, LoginSessions sessions, RecentSenders recentSenders, WorkerPools workerPools) {
    private static final Logger log = LoggerFactory.getLogger(MaintenanceTasks.class);
    private static final long EVERY_SECONDS = 10;

    void start(ScheduledExecutorService scheduler) {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::forget, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void forget() {
        try {
            channels.forgetEmpty();
            recentSenders.forgetOld();
            workerPools.submitQuery("", this::forgetLogins);
        } catch (Throwable e) {
            // Whatever left here would silently end all forgetting.
            log.error("forgetting failed", e);
        }
    }

    private void forgetLogins() {
        try {
            sessions.removeExpired();
        } catch (ChatException e) {
            log.warn("expired logins are forgotten later: {}", e.text());
        }
    }
}
