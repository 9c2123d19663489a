package chat.weir;

import chat.weir.account.LoginSessions;
import chat.weir.channel.ChannelRegistry;
import chat.weir.enforcement.RecentSenders;
import chat.weir.history.sql.ChangeRetention;
import chat.weir.protocol.ChatException;
import chat.weir.worker.WorkerPools;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Periodic cleanup of empty channels, expired logins, recent senders and old changes of messages. */
record MaintenanceTasks(
        ChannelRegistry channels,
        LoginSessions sessions,
        RecentSenders recentSenders,
        ChangeRetention changeRetention,
        WorkerPools workerPools) {
    private static final Logger log = LoggerFactory.getLogger(MaintenanceTasks.class);
    private static final long EVERY_SECONDS = 10;

    void start(ScheduledExecutorService scheduler) {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::cleanUp, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void cleanUp() {
        try {
            channels.forgetEmpty();
            recentSenders.forgetOld();
            workerPools.submitQuery("", this::removeOldRows);
        } catch (Throwable e) {
            // An uncaught exception would cancel the schedule silently.
            log.error("periodic cleanup failed", e);
        }
    }

    private void removeOldRows() {
        try {
            sessions.removeExpired();
            changeRetention.removeOld();
        } catch (ChatException e) {
            log.warn("removing expired logins and old changes failed, will retry: {}", e.text());
        }
    }
}
