package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.moderation.model.ActiveSanction;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject.OfAccount;
import chat.weir.moderation.model.Subject.OfGuest;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import chat.weir.testing.DatabaseFixture;
import chat.weir.testing.FakeTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A complete moderation setup on a real database, which is emptied before each test. */
abstract class ModerationFixture extends DatabaseFixture {
    static final ChannelId FISHING = new ChannelId("fishing");
    static final ChannelId BOATS = new ChannelId("boats");
    static final Scope IN_FISHING = Scope.of(FISHING);
    static final Scope IN_BOATS = Scope.of(BOATS);
    static final String HERE = "192.0.2.1";
    static final String ELSEWHERE = "198.51.100.7";

    static final Actor ADMIN = new Actor(new OfAccount(1, name("root")), true);
    static final Actor ALICE = new Actor(new OfAccount(2, name("alice")), false);
    static final Actor CAROL = new Actor(new OfAccount(3, name("carol")), false);
    static final Actor BOB = guest("bob", HERE);

    final List<AuditEntry> notified = new CopyOnWriteArrayList<>();
    FakeTime time;
    Moderation moderation;

    @BeforeEach
    void empty() {
        List.of("sanction", "moderator", "audit")
                .forEach(table -> database.call(handle -> handle.execute("DELETE FROM " + table)));
        database.call(handle -> handle.execute("UPDATE moderation SET last_change = 0"));
        time = new FakeTime();
        notified.clear();
        moderation = node();
    }

    /** Creates another node, or this one after a restart, with the same listener. */
    Moderation node() {
        return node(database, 100);
    }

    /** Creates a node without a rate limit. */
    Moderation node(Database on, int maxKept) {
        return node(on, new ModerationLimits(maxKept, maxKept, Integer.MAX_VALUE, Duration.ofNanos(1)));
    }

    Moderation node(Database on, ModerationLimits limits) {
        return new Moderation(on, time.clocks().clock(), time.clocks().nanoTime(), notified::add, limits);
    }

    static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    static Actor guest(String name, @Nullable String address) {
        return new Actor(new OfGuest(name(name), address), false);
    }

    static SanctionTerm forGood(String reason) {
        return new SanctionTerm(null, new Reason(reason));
    }

    static SanctionTerm seconds(long seconds) {
        return new SanctionTerm(Duration.ofSeconds(seconds), Reason.NONE);
    }

    AuditEntry ban(Actor whom, Scope where, SanctionTerm term) {
        return moderation.put(SanctionType.BAN, ADMIN, whom, where, term);
    }

    static boolean isBanned(Moderation at, Actor whom, Scope where) {
        return at.find(SanctionType.BAN, where, whom.subject()).isPresent();
    }

    boolean isBanned(Actor whom) {
        return isBanned(moderation, whom, IN_FISHING);
    }

    /** Reads the sanctions from the database. */
    List<Sanction> stored() {
        return database.call(handle -> new SanctionTable(handle).after(0)).stream()
                .sorted(Comparator.comparingLong(Sanction::change).reversed())
                .toList();
    }

    static List<Sanction> inMemory(Moderation at) {
        return List.of(SanctionType.values()).stream()
                .flatMap(type -> at.list(type, scope -> true, Moderation.NEWEST, 100).stream())
                .map(ActiveSanction::sanction)
                .sorted(Comparator.comparingLong(Sanction::change).reversed())
                .toList();
    }

    static @Nullable Duration left(Optional<ActiveSanction> found) {
        return found.orElseThrow().left();
    }
}
