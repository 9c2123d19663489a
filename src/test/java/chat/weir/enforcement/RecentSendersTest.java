package chat.weir.enforcement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.history.Author;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import chat.weir.testing.FakeTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentSendersTest {
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final ChannelId BOATS = new ChannelId("boats");
    private static final Scope IN_FISHING = Scope.of(FISHING);
    private static final UserName BOB = name("bob");
    private static final String HERE = "2001:db8::1";
    private static final String SAME_NETWORK = "2001:db8::2";
    private static final String ELSEWHERE = "192.0.2.1";

    private final FakeTime time = new FakeTime();
    private final RecentSenders recentSenders =
            new RecentSenders(3, time.clocks().nanoTime());

    private static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    private void record(ChannelId channel, String name, long account, String address) {
        recentSenders.record(channel, new Author(name(name), account), Optional.of(address));
    }

    private Optional<Subject> find(Scope where) {
        return recentSenders.find(where, BOB);
    }

    private static Optional<Subject> guest(String address) {
        return Optional.of(new Subject.OfGuest(BOB, address));
    }

    @Test
    void remembersForTenMinutesSinceTheLastMessage() {
        record(FISHING, "bob", Author.GUEST, HERE);
        time.standStill(Duration.ofMinutes(9));
        record(FISHING, "bob", Author.GUEST, HERE);
        time.standStill(Duration.ofMinutes(10));
        assertEquals(guest(HERE), find(IN_FISHING));
        assertEquals(Optional.empty(), find(Scope.of(BOATS)));
        time.standStill(Duration.ofNanos(1));
        assertEquals(Optional.empty(), find(IN_FISHING));
        assertEquals(0, recentSenders.size());
    }

    @Test
    void evictsTheOldestWhenItIsFull() {
        for (String name : new String[] {"bob", "carl", "dave", "eve", "frank"}) {
            record(FISHING, name, Author.GUEST, HERE);
        }
        assertEquals(3, recentSenders.size());
        assertEquals(Optional.empty(), find(IN_FISHING));
    }

    @Test
    void findsOneSenderInSeveralChannels() {
        record(FISHING, "bob", Author.GUEST, HERE);
        record(BOATS, "BOB", Author.GUEST, SAME_NETWORK);
        assertEquals(guest(HERE), find(Scope.EVERYWHERE));
        record(BOATS, "bob", Author.GUEST, ELSEWHERE);
        assertEquals(guest(null), find(Scope.EVERYWHERE));
        assertEquals(guest(HERE), find(IN_FISHING));
    }

    @Test
    void findsADeletedAccountAsAGuest() {
        record(FISHING, "bob", 7, HERE);
        record(BOATS, "bob", 7, ELSEWHERE);
        assertEquals(Optional.of(new Subject.OfAccount(7, BOB)), find(Scope.EVERYWHERE));
        assertEquals(new Subject.OfGuest(BOB, HERE), recentSenders.findAsGuest(IN_FISHING, BOB));
        assertEquals(new Subject.OfGuest(BOB, null), recentSenders.findAsGuest(Scope.EVERYWHERE, BOB));
        record(FISHING, "bob", Author.GUEST, HERE);
        assertEquals(guest(null), find(Scope.EVERYWHERE), "a guest and an account");
    }
}
