package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.moderation.ModeratorIndex.Assignment;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Concurrent moderation actions on every engine. */
abstract class LoadContract extends ModerationFixture {
    private static final int THREADS = 4;
    private static final int ACTIONS = 40;
    private static final List<Actor> PEOPLE =
            List.of(BOB, guest("carl", HERE), guest("bob", ELSEWHERE), guest("carl", null), ALICE);

    /** One thread's actions. Those that fail because another thread was first are ignored. */
    private static void work(Moderation at, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ACTIONS; i++) {
            Actor whom = PEOPLE.get(random.nextInt(PEOPLE.size()));
            SanctionType type = random.nextInt(4) == 0 ? SanctionType.MUTE : SanctionType.BAN;
            Scope where = random.nextInt(4) == 0 ? IN_BOATS : IN_FISHING;
            int what = random.nextInt(10);
            try {
                if (what < 4) {
                    at.put(type, ADMIN, whom, where, seconds(100 + i));
                } else if (what < 8) {
                    at.lift(type, ADMIN, whom, where, Reason.NONE);
                } else {
                    at.role(ADMIN, CAROL, FISHING, what == 8 ? Role.MODERATOR : Role.MEMBER);
                }
            } catch (ChatException e) {
                if (e.code() != ErrorCode.NOT_FOUND && e.code() != ErrorCode.CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private static void workOn(List<Moderation> nodes, long seed) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Moderation at = nodes.get(i % nodes.size());
                long own = seed * THREADS + i;
                all.add(CompletableFuture.runAsync(() -> work(at, own), threads));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    private void assertMemoryIsAsTheDatabase(Moderation at, long seed) {
        assertEquals(stored(), inMemory(at), "seed " + seed);
        Set<Assignment> assignments = database.call(handle -> new ModeratorTable(handle).after(0));
        assertEquals(!assignments.isEmpty(), at.moderatorsOf(FISHING).contains(3L), "seed " + seed);
        for (Actor person : PEOPLE) {
            assertEquals(isBanned(node(), person, IN_FISHING), isBanned(at, person, IN_FISHING), "seed " + seed);
        }
    }

    /** No entry is reported twice, and every current one is; others may have been superseded before. */
    private void assertNotified(List<AuditEntry> lines) {
        List<AuditEntry> all = database.call(handle -> new AuditTable(handle).after(0, Integer.MAX_VALUE));
        assertFalse(all.isEmpty());
        assertEquals(new HashSet<>(lines).size(), lines.size());
        assertTrue(all.containsAll(lines));
        Set<Long> told = lines.stream().map(AuditEntry::id).collect(Collectors.toSet());
        assertTrue(told.containsAll(stored().stream().map(Sanction::change).toList()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsMemoryConsistentWithTheDatabase(long seed) {
        workOn(List.of(moderation), seed);
        assertMemoryIsAsTheDatabase(moderation, seed);
        assertNotified(notified);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void keepsTheMemoryOfTwoNodesConsistentWithTheDatabase(long seed) {
        List<AuditEntry> others = new CopyOnWriteArrayList<>();
        Moderation other = new Moderation(
                database,
                time.clocks().clock(),
                time.clocks().nanoTime(),
                others::add,
                new ModerationLimits(100, 100, Integer.MAX_VALUE, Duration.ofNanos(1)));
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> workOn(List.of(moderation, other), seed));
        while (!work.isDone()) {
            moderation.refresh();
            other.refresh();
        }
        work.join();
        for (Moderation at : List.of(moderation, other)) {
            at.refresh();
            assertMemoryIsAsTheDatabase(at, seed);
        }
        assertNotified(notified);
        assertNotified(others);
    }
}
