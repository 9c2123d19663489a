package chat.weir.functional;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 4 of the protocol: typing indicators. */
class TypingTest {
    private static final String BEGINS = "{'type':'typing','user':'bob'}";
    private static final String ENDS = "{'type':'doneTyping','user':'bob'}";

    private final TestServer server = TestServer.start();
    private TestClient alice;
    private TestClient bob;

    @BeforeEach
    void connect() {
        bob = server.connectAs("bob", "/fishing");
        alice = server.connectAs("alice", "/fishing");
        server.advance(Duration.ofSeconds(2));
        alice.expectNothing();
        alice.receivingPresence();
        bob.expectNothing();
        bob.receivingPresence();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void type() {
        bob.send("{'type':'typing','ref':'t'}");
        bob.expectExactly("{'type':'typing','ref':'t'}");
    }

    @Test
    void notifiesOthersOnce() {
        type();
        type();
        alice.expectExactly(BEGINS);
        bob.send("{'type':'doneTyping','ref':'d'}");
        bob.expectExactly("{'type':'doneTyping','ref':'d'}");
        bob.send("{'type':'doneTyping'}");
        bob.expectNothing();
        alice.expectExactly(ENDS);
        alice.expectNothing();
    }

    @Test
    void endsAfterFiveSecondsOfSilence() {
        type();
        alice.expectExactly(BEGINS);
        server.advance(Duration.ofSeconds(4));
        type();
        server.advance(Duration.ofMillis(4_900));
        alice.expectNothing();
        server.advance(Duration.ofMillis(300));
        alice.expectExactly(ENDS);
        bob.expectNothing();
    }

    @Test
    void endsWithTheMessage() {
        type();
        bob.say("done");
        bob.expect("message");
        alice.expectExactly(BEGINS);
        alice.expectExactly(ENDS);
        alice.expect("message");
        server.advance(Duration.ofSeconds(6));
        alice.expectNothing();
    }

    @Test
    void endsWhenTheTypistDisconnects() {
        type();
        alice.expectExactly(BEGINS);
        bob.close();
        alice.expectExactly(ENDS);
        alice.expectExactly("{'type':'notification','event':'left','user':'bob','text':'bob left'}");
    }

    @Test
    void endsWithARename() {
        type();
        alice.expectExactly(BEGINS);
        bob.send("{'type':'identity','user':'rob'}");
        bob.expect("identity");
        alice.expectExactly(ENDS);
        alice.expect("notification");
        type();
        alice.expectExactly("{'type':'typing','user':'rob'}");
    }

    @Test
    void appliesToOneChannel() {
        alice.send("{'type':'join','channel':'boats'}");
        alice.expect("connection");
        bob.send("{'type':'join','channel':'boats'}");
        bob.expect("connection");
        alice.expect("notification");
        bob.expectNothing();
        bob.send("{'type':'typing','channel':'boats','ref':'t'}");
        bob.expectExactly("{'type':'typing','ref':'t'}");
        alice.expectExactly("{'type':'typing','user':'bob','channel':'boats'}");
        bob.send("{'type':'leave','channel':'boats'}");
        bob.expect("leave");
        alice.expectExactly("{'type':'doneTyping','user':'bob','channel':'boats'}");
    }

    @Test
    void requiresANameInTheChannel() {
        TestClient nobody = server.connect("/fishing");
        nobody.send("{'type':'typing'}");
        nobody.expectError(401);
        bob.send("{'type':'typing','channel':'lakes'}");
        bob.expectError(403);
    }

    @Test
    void isNotSentToTheTypistsOwnConnections() {
        new TestApi(server.port()).register("carol", "correct horse");
        TestClient first = carol();
        TestClient second = carol();
        first.receivingPresence().expectNothing();
        second.send("{'type':'typing'}");
        second.send("{'type':'doneTyping','ref':'d'}");
        second.await("doneTyping");
        first.expectNothing();
    }

    private TestClient carol() {
        TestClient carol = server.connect("/fishing?heartbeat=pong");
        carol.send("{'type':'auth','username':'carol','password':'correct horse'}");
        carol.await("auth");
        server.advance(Duration.ofSeconds(2));
        carol.await("heartbeat");
        carol.expectNothing();
        return carol;
    }
}
