package chat.weir.command;

import static org.awaitility.Awaitility.await;

import chat.weir.command.ConnectionFixture.Line;
import chat.weir.connection.Connection;
import chat.weir.protocol.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that leaves a private chat while the other one starts it again knows whether it is a member. */
class PrivateAndLeaveTest {
    private static final int ROUNDS = 300;
    private static final String BEGIN = "{'type':'private','user':'bob','ref':'round %d'}";

    private final ConnectionFixture room = new ConnectionFixture();
    private final Line atAlice = new Line("192.0.2.1");
    private final Line atBob = new Line("192.0.2.2");
    private final Connection alice = room.guest(atAlice, "alice", "/fishing");
    private final Connection bob = room.guest(atBob, "bob", "/fishing");

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void sendsTheCorrectStateToAClientThatLeavesDuringAnInvitation() throws Exception {
        room.send(alice, BEGIN.formatted(-1));
        soon().until(() -> atBob.has("private"));
        ChannelId chat = new ChannelId(atBob.frames.stream()
                .filter(frame -> frame.contains("\"private\""))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*\"channel\":\"", "")
                .replaceFirst("\".*", ""));
        for (int round = 0; round < ROUNDS; round++) {
            race(chat, round);
            soon().until(() -> bob.memberships().isIn(chat) == knowsToBeIn(chat));
            if (!bob.memberships().isIn(chat)) {
                room.send(alice, BEGIN.formatted(-2));
                soon().until(() -> bob.memberships().isIn(chat) && knowsToBeIn(chat));
            }
        }
    }

    private void race(ChannelId chat, int round) throws Exception {
        atBob.frames.clear();
        atAlice.frames.clear();
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> begins = CompletableFuture.runAsync(() -> {
            awaitStart(start);
            room.send(alice, BEGIN.formatted(round));
        });
        awaitStart(start);
        for (int i = 0; i < round % 50; i++) {
            Thread.onSpinWait();
        }
        room.send(bob, "{'type':'leave','channel':'" + chat + "'}");
        begins.get();
        soon().until(() -> atAlice.has("round " + round));
        soon().until(() -> atBob.has("\"leave\""));
    }

    private static void awaitStart(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean knowsToBeIn(ChannelId chat) {
        List<String> about = atBob.frames.stream()
                .filter(frame -> frame.contains("\"" + chat + "\""))
                .filter(frame -> frame.contains("\"private\"") || frame.contains("\"leave\""))
                .toList();
        return !about.isEmpty()
                && about.get(about.size() - 1).lastIndexOf("\"private\"")
                        > about.get(about.size() - 1).lastIndexOf("\"leave\"");
    }
}
