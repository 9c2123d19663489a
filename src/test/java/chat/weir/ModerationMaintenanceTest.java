package chat.weir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.UserName;
import chat.weir.testing.FakeTime;
import chat.weir.worker.WorkerPools;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ModerationMaintenanceTest {
    private static final Duration A_ROUND = Duration.ofSeconds(2);
    private static final int ALL = 1_000_000;
    private static final Actor ROOT = new Actor(new Subject.OfAccount(1, name("root")), true);
    private static final Actor BOB = new Actor(new Subject.OfGuest(name("bob"), null), false);

    private final Logger logger = (Logger) LoggerFactory.getLogger("chat.weir");
    private final Logged logged = new Logged();
    private final FakeTime time = new FakeTime();
    private final Database database = Database.open(DatabaseUrl.NONE);
    private final WorkerPools workerPools = new WorkerPools();
    private final Moderation here = node();
    private final Moderation elsewhere = node();

    /** Each round ends by acquiring a permit. Without one it keeps running, and no other round begins. */
    private final Semaphore rounds = new Semaphore(0);

    /** The log lines of this test. */
    private static final class Logged extends AppenderBase<ILoggingEvent> {
        private final List<Level> levels = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLoggerName().equals(ModerationMaintenance.class.getName())
                    || event.getLoggerName().equals(Database.class.getName())) {
                levels.add(event.getLevel());
            }
        }

        long count(Level level) {
            return levels.stream().filter(level::equals).count();
        }
    }

    @BeforeEach
    void start() {
        logger.setLevel(Level.DEBUG);
        logger.addAppender(logged);
        logged.start();
        new ModerationMaintenance(here, workerPools, rounds::acquireUninterruptibly)
                .start(time.clocks().maintenance());
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
        logger.setLevel(null);
        rounds.release(ALL);
        workerPools.close();
        database.close();
    }

    private Moderation node() {
        return new Moderation(database, time.clocks().clock(), time.clocks().nanoTime(), entry -> {});
    }

    private static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    private void banOnAnotherNode(Duration duration) {
        AuditEntry unused =
                elsewhere.put(SanctionType.BAN, ROOT, BOB, Scope.EVERYWHERE, new SanctionTerm(duration, Reason.NONE));
    }

    private boolean isBannedAfterARound() {
        time.advance(A_ROUND);
        return here.find(SanctionType.BAN, Scope.EVERYWHERE, BOB.subject()).isPresent();
    }

    private void awaitAfterRounds(Level level, int count) {
        await().pollDelay(Duration.ofMillis(250)).until(() -> {
            time.advance(A_ROUND);
            return logged.count(level) == count;
        });
    }

    private void execute(String sql) {
        int unused = database.call(handle -> handle.execute(sql));
    }

    @Test
    void logsAnOutageOnceAndContinuesAfterIt() {
        banOnAnotherNode(Duration.ofDays(1));
        execute("ALTER TABLE audit RENAME TO away");
        awaitAfterRounds(Level.WARN, 1);
        // More than a second of real time: a log that only limits its rate would repeat the line.
        for (int i = 1; i <= 5; i++) {
            rounds.release();
            awaitAfterRounds(Level.DEBUG, i);
        }
        assertEquals(1, logged.count(Level.WARN));
        assertEquals(1, logged.count(Level.ERROR));
        // The last failed round is still running, so no other can fail.
        execute("ALTER TABLE away RENAME TO audit");
        rounds.release(ALL);
        await().until(this::isBannedAfterARound);
        await().until(() -> logged.count(Level.INFO) == 2);
        assertEquals(1, logged.count(Level.WARN));
        assertEquals(1, logged.count(Level.ERROR));
    }

    @Test
    void removesExpiredSanctions() {
        rounds.release(ALL);
        banOnAnotherNode(Duration.ofSeconds(10));
        await().until(this::isBannedAfterARound);
        await().until(() -> {
            time.advance(A_ROUND);
            return database.call(handle -> handle.createQuery("SELECT count(*) FROM sanction")
                            .mapTo(Integer.class)
                            .one()
                    == 0);
        });
    }
}
