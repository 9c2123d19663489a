package chat.weir.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.channel.Member;
import chat.weir.command.ConnectionFixture.Line;
import chat.weir.connection.Connection;
import chat.weir.enforcement.SanctionEnforcer;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kick applies to the users who had the name when it was ordered. */
class KickTest {
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final ConnectionFixture room = new ConnectionFixture();
    private final Line atAdmin = new Line(ELSEWHERE);
    private Connection admin;

    @BeforeEach
    void logIn() {
        room.accounts.ensureAdmin("root", ConnectionFixture.PASSWORD);
        admin = room.connectionFactory.open(atAdmin, "/fishing").orElseThrow();
        room.send(
                admin, "{'type':'auth','username':'root','password':'" + ConnectionFixture.PASSWORD + "','ref':'in'}");
        await().until(() -> atAdmin.has("Authentication complete"));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private void kick(String name) {
        room.send(admin, "{'type':'kick','user':'" + name + "','ref':'kick " + name + "'}");
        await().until(() -> atAdmin.has("\"ref\":\"kick " + name + "\""));
    }

    private List<Member> membersOfFishing() {
        return room.channels.find(ConnectionFixture.FISHING).orElseThrow().members();
    }

    @Test
    void disconnectsUsersThatTheNotificationMissed() {
        Line line = new Line(HERE);
        Connection bob = room.guest(line, "bob", "/fishing");
        Line other = new Line(HERE);
        room.guest(other, "rob", "/fishing");
        kick("bob");
        assertEquals(
                List.of(ModerationAction.KICK),
                room.told.stream().map(AuditEntry::action).toList());
        await().until(() -> line.has("you were kicked"));
        assertTrue(bob.hasEnded());
        assertFalse(other.has("you were kicked"));
        assertEquals(2, membersOfFishing().size());
    }

    @Test
    void removesUsersFromAJoinedChannel() {
        Line line = new Line(HERE);
        Connection bob = room.guest(line, "bob", "/boats");
        room.send(bob, "{'type':'join','channel':'fishing','ref':'joined'}");
        await().until(() -> line.has("joined"));
        kick("bob");
        assertEquals(1, membersOfFishing().size());
        assertFalse(bob.hasEnded());
        await().until(() -> line.has("{\"type\":\"leave\",\"channel\":\"fishing\"}"));
    }

    @Test
    void kicksOnlyOnce() {
        Line line = new Line(HERE);
        Connection bob = room.guest(line, "bob", "/fishing");
        room.enforcement.set(new SanctionEnforcer(room.channels)::enforce);
        kick("bob");
        await().until(() -> line.has("you were kicked"));
        assertTrue(bob.hasEnded());
        assertEquals(
                1,
                line.frames.stream()
                        .filter(frame -> frame.contains("you were kicked"))
                        .count());
    }
}
