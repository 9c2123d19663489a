package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.database.Database;
import chat.weir.database.DatabaseAddress;
import chat.weir.moderation.Subject.OfAccount;
import chat.weir.moderation.Subject.OfGuest;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.UserName;
import chat.weir.testing.FakeTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole room on a real database, which is opened once a class and emptied for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ModerationRoom {
    static final ChannelId FISHING = new ChannelId("fishing");
    static final ChannelId BOATS = new ChannelId("boats");
    static final Scope IN_FISHING = Scope.of(FISHING);
    static final Scope IN_BOATS = Scope.of(BOATS);
    static final String HERE = "192.0.2.1";
    static final String ELSEWHERE = "198.51.100.7";

    static final Party ADMIN = new Party(new OfAccount(1, name("root")), true);
    static final Party ALICE = new Party(new OfAccount(2, name("alice")), false);
    static final Party CAROL = new Party(new OfAccount(3, name("carol")), false);
    static final Party BOB = guest("bob", HERE);

    final List<AuditLine> witnessed = new CopyOnWriteArrayList<>();
    Database database;
    FakeTime time;
    Moderation moderation;

    abstract DatabaseAddress address(Path directory);

    @BeforeAll
    void open(@TempDir Path directory) {
        database = Database.open(address(directory));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        List.of("sanction", "moderator", "audit")
                .forEach(table -> database.call(handle -> handle.execute("DELETE FROM " + table)));
        database.call(handle -> handle.execute("UPDATE moderation SET last_change = 0"));
        time = new FakeTime();
        witnessed.clear();
        moderation = node();
    }

    /** As another node has it, or a later start of this one; it tells the same witness. */
    Moderation node() {
        return node(database, 100);
    }

    /** Without a limit of how many measures somebody takes. */
    Moderation node(Database on, int maxKept) {
        return node(on, new ModerationLimits(maxKept, maxKept, Integer.MAX_VALUE, Duration.ofNanos(1)));
    }

    Moderation node(Database on, ModerationLimits limits) {
        return new Moderation(on, time.time().clock(), time.time().nanoTime(), witnessed::add, limits);
    }

    static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    static Party guest(String name, @Nullable String address) {
        return new Party(new OfGuest(name(name), address), false);
    }

    static Term forGood(String reason) {
        return new Term(null, new Reason(reason));
    }

    static Term seconds(long seconds) {
        return new Term(Duration.ofSeconds(seconds), Reason.NONE);
    }

    AuditLine ban(Party whom, Scope where, Term term) {
        return moderation.put(Kind.BAN, ADMIN, whom, where, term);
    }

    static boolean isBanned(Moderation at, Party whom, Scope where) {
        return at.find(Kind.BAN, where, whom.subject()).isPresent();
    }

    boolean isBanned(Party whom) {
        return isBanned(moderation, whom, IN_FISHING);
    }

    /** By the database alone. */
    List<Sanction> stored() {
        return database.call(handle -> new SanctionTable(handle).after(0)).stream()
                .sorted(Comparator.comparingLong(Sanction::change).reversed())
                .toList();
    }

    static List<Sanction> inMemory(Moderation at) {
        return List.of(Kind.values()).stream()
                .flatMap(kind -> at.list(kind, scope -> true, Moderation.NEWEST, 100).stream())
                .map(InForce::sanction)
                .sorted(Comparator.comparingLong(Sanction::change).reversed())
                .toList();
    }

    static @Nullable Duration left(Optional<InForce> found) {
        return found.orElseThrow().left();
    }

    static ErrorReply assertReply(ErrorCode code, Runnable call) {
        ErrorReply reply = assertThrows(ErrorReply.class, call::run);
        assertEquals(code, reply.code(), reply.text());
        return reply;
    }
}
