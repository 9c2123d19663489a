package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.account.Account;
import chat.weir.account.ReadPosition;
import chat.weir.account.ReadPositions;
import chat.weir.history.Author;
import chat.weir.history.DraftOutcomes;
import chat.weir.http.TestApi;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OwnChannelRoutesTest {
    private static final ChannelId BOATS = new ChannelId("boats");
    private static final ChannelId FISHING = new ChannelId("fishing");

    private final TestApi api = TestApi.start();
    private final DraftOutcomes said = new DraftOutcomes();
    private String token;
    private Account alice;
    private Account bob;

    @BeforeEach
    void registerUsers() {
        token = api.registered("alice");
        alice = account("alice");
        api.registered("Bob");
        bob = account("bob");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Account account(String name) {
        return api.accounts().find(UserName.parse(name).orElseThrow()).orElseThrow();
    }

    private static Author author(Account account) {
        return new Author(account.name(), account.id());
    }

    /** Appends a message and returns its id. */
    private long say(ChannelId channel, Author author) {
        api.log().append(said.draft(channel, author, "text"));
        return said.all().get(said.all().size() - 1).id();
    }

    private void read(ChannelId channel, long id) {
        api.readPositions()
                .advance(
                        new ReadPosition(alice.id(), channel, id),
                        new ReadPositions.Reader(alice.name(), reason -> {}));
    }

    private JsonNode list(String query) {
        return api.get("/api/accounts/me/channels" + query)
                .bearer(token)
                .send()
                .expect(200)
                .json();
    }

    private void assertChannels(String expected) {
        assertEquals(expected.replace('\'', '"'), list("").toString());
    }

    @Test
    void listsChannelsWithAReadPosition() {
        assertChannels("{'channels':[]}");
        long first = say(FISHING, DraftOutcomes.BOB);
        long second = say(FISHING, DraftOutcomes.BOB);
        say(BOATS, DraftOutcomes.BOB);
        read(FISHING, first);
        assertChannels("{'channels':[{'id':'fishing','read':" + first + ",'last':" + second + ",'unread':1}]}");
        api.readPositions().flush();
        read(FISHING, second);
        assertChannels("{'channels':[{'id':'fishing','read':" + second + ",'last':" + second + ",'unread':0}]}");
    }

    @Test
    void listsPrivateChatsThatBeganWhileTheCallerWasAway() {
        ChannelId chat = ChannelId.between(alice.id(), bob.id());
        long last = say(chat, author(bob));
        say(ChannelId.between(bob.id(), 7), author(bob));
        assertChannels(
                "{'channels':[{'id':'" + chat + "','users':['alice','Bob'],'read':0,'last':" + last + ",'unread':1}]}");
        read(chat, last);
        assertChannels("{'channels':[{'id':'" + chat + "','users':['alice','Bob'],'read':" + last + ",'last':" + last
                + ",'unread':0}]}");
        api.accounts().delete(bob);
        assertChannels("{'channels':[{'id':'" + chat + "','users':['alice'],'read':" + last + ",'last':" + last
                + ",'unread':0}]}");
    }

    @Test
    void countsNeitherTheCallersMessagesNorThoseOfBlockedUsers() {
        long first = say(FISHING, DraftOutcomes.BOB);
        say(FISHING, author(alice));
        say(FISHING, new Author(UserName.parse("EVE").orElseThrow(), Author.GUEST));
        long last = say(FISHING, DraftOutcomes.BOB);
        read(FISHING, first);
        assertChannels("{'channels':[{'id':'fishing','read':" + first + ",'last':" + last + ",'unread':2}]}");
        api.blocks().add(alice.id(), UserName.parse("eve").orElseThrow());
        assertChannels("{'channels':[{'id':'fishing','read':" + first + ",'last':" + last + ",'unread':1}]}");
    }

    @Test
    void omitsPrivateChatsWithABlockedUser() {
        say(ChannelId.between(alice.id(), bob.id()), author(bob));
        api.blocks().add(alice.id(), bob.name());
        assertChannels("{'channels':[]}");
        api.blocks().remove(alice.id(), bob.name());
        assertEquals(1, list("").get("channels").size());
    }

    @Test
    void listsInPages() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ChannelId channel = i % 2 == 0 ? new ChannelId("channel" + i) : ChannelId.between(alice.id(), i);
            say(channel, DraftOutcomes.BOB);
            if (i % 2 == 0) {
                read(channel, 1);
            }
            all.add(channel.value());
        }
        all.sort(null);
        List<String> paged = new ArrayList<>();
        JsonNode page = list("?limit=2");
        while (page.has("next")) {
            assertEquals(2, page.get("channels").size());
            page.get("channels").forEach(entry -> paged.add(entry.get("id").asString()));
            page = list("?limit=2&after=" + page.get("next").asString());
        }
        page.get("channels").forEach(entry -> paged.add(entry.get("id").asString()));
        assertEquals(all, paged);
    }

    @Test
    void requiresALogin() {
        api.get("/api/accounts/me/channels").send().problem(401);
        api.get("/api/accounts/me/channels").bearer(TestApi.KEY).send().problem(403);
    }
}
