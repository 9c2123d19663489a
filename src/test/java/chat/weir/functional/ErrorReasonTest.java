package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ErrorReason;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The machine-readable reasons of errors. */
class ErrorReasonTest {
    private final TestServer server = TestServer.with("MAX_TEXT_LENGTH", "10");

    @AfterEach
    void stop() {
        server.close();
    }

    private static String reason(TestClient client, String json, int code) {
        client.send(json);
        return client.expectError(code).get("reason").asString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | 400 | not_json",
                "[] | 400 | not_json",
                "{'type':'ping'} {} | 400 | not_json",
                "{} | 400 | missing_field",
                "{'type':'shout'} | 400 | unknown_type",
                "{'type':'message'} | 400 | missing_field",
                "{'type':'message','text':7} | 400 | wrong_type",
                "{'type':'setTestMode','value':'yes'} | 400 | wrong_type",
                "{'type':'delete','id':'7'} | 400 | wrong_type",
                "{'type':'delete','id':-1} | 400 | invalid_value",
                "{'type':'delete','id':1.5} | 400 | invalid_value",
                "{'type':'edit','id':1} | 400 | missing_field",
                "{'type':'join','channel':'boats','since':'1'} | 400 | wrong_type",
                "{'type':'join','channel':'boats','since':-1} | 400 | invalid_value",
                "{'type':'edit','id':1,'text':' '} | 400 | empty_text",
                "{'type':'react','id':1,'emoji':7} | 400 | wrong_type",
                "{'type':'message','text':'hi','replyTo':'1'} | 400 | wrong_type",
                "{'type':'message','text':'hi','replyTo':0} | 400 | invalid_value",
                "{'type':'history','before':1,'after':1} | 400 | invalid_value",
                "{'type':'join','channel':'a b'} | 400 | invalid_channel",
                "{'type':'message','text':''} | 400 | empty_text",
                "{'type':'message','text':'12345678901'} | 413 | too_long",
                "{'type':'message','text':'hi'} | 401 | unauthenticated",
                "{'type':'auth','token':'none'} | 401 | invalid_token",
                "{'type':'auth','username':'alice','password':'12345678'} | 401 | wrong_credentials",
                "{'type':'history','channel':'boats'} | 403 | not_member",
                "{'type':'setTestMode','value':true} | 403 | not_test_mode",
                "{'type':'join','channel':'@1-2'} | 403 | private",
                "{'type':'join','channel':'fishing'} | 409 | already_member",
            })
    void givesReasonsToAnAnonymousClient(String json, int code, String reason) {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        assertEquals(reason, reason(client, json, code));
    }

    @Test
    void givesReasonsToAnAuthenticatedClient() {
        TestClient bob = server.connectAs("bob", "/boats");
        bob.expectNothing();
        TestClient alice = server.connectAs("alice", "/fishing");
        assertEquals("self", reason(alice, "{'type':'block','user':'Alice'}", 403));
        assertEquals("no_such_user", reason(alice, "{'type':'block','user':'nobody'}", 404));
        assertEquals("not_found", reason(alice, "{'type':'unblock','user':'nobody'}", 404));
        assertEquals("no_such_message", reason(alice, "{'type':'delete','id':1}", 404));
        assertEquals("no_such_message", reason(alice, "{'type':'edit','id':1,'text':'new'}", 404));
        assertEquals("no_such_message", reason(alice, "{'type':'react','id':1,'emoji':'\uD83D\uDC4D'}", 404));
        assertEquals("no_such_message", reason(alice, "{'type':'message','text':'indeed','replyTo':1}", 404));
        assertEquals("invalid_value", reason(alice, "{'type':'react','id':1,'emoji':'+1'}", 400));
        assertEquals("too_long", reason(alice, "{'type':'ping','ref':'" + "r".repeat(65) + "'}", 400));
        TestClient other = server.connectAs("alice", "/rivers");
        other.send("{'type':'join','channel':'fishing'}");
        assertEquals("name_taken", other.expectError(409).get("reason").asString());
        TestClient pending = server.connect("/fishing?heartbeat=pong");
        pending.identify("carol");
        assertEquals("unconfirmed", reason(pending, "{'type':'message','text':'hi'}", 401));
    }

    @Test
    void givesReasonsBeforeItCloses() {
        TestClient client = server.open("/a%20b");
        assertEquals("invalid_channel", client.expectError(400).get("reason").asString());
        client.expectClose(1008);
    }

    /** A table in the protocol document lists the reasons of each code. */
    @Test
    void areListedInTheProtocolDocument() throws IOException {
        Set<String> rows = Pattern.compile("^\\| (4\\d\\d|503) \\| (`[a-z_`, ]+`) \\|$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("src/site/markdown/protocol.md")))
                .results()
                .flatMap(row -> Arrays.stream(row.group(2).split(", ", -1))
                        .map(word -> row.group(1) + " " + word.replace("`", "")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Arrays.stream(ErrorReason.values())
                        .map(reason -> reason.code().number() + " " + reason.wireName())
                        .collect(Collectors.toCollection(TreeSet::new)),
                rows);
        assertTrue(rows.size() > 30);
    }
}
