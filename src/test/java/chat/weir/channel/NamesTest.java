package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names in one channel, claimed by members of several connections. */
class NamesTest {
    private static final Author BOB = new Author(UserName.parse("bob").orElseThrow(), Author.GUEST);

    private final ChannelsFixture fixture = new ChannelsFixture();
    private final Person person = Person.newGuest(new SecureRandom());
    private final Member old = join();
    private final Member next = join();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Member join() {
        return fixture.channels().join(new ChannelId("boats"), ChannelsFixture.NOBODY, why -> {});
    }

    private static Claim.Result take(Member member, Claim claim) {
        People people = member.channel().people();
        Claim.Result result = people.claim(member, claim);
        if (result.isGranted()) {
            people.adopt(member, true);
        }
        return result;
    }

    /** A connection that ends lets go of its channels one by one; the next of the same client may come in between. */
    @Test
    void letsAGuestReplaceTheirOwnMember() {
        take(old, new Claim(BOB, person, null));
        Claim again = new Claim(BOB, person, null);
        assertTrue(next.channel().people().grants(next, again));
        assertEquals(old, take(next, again).replaced());
        assertEquals(BOB.name(), next.name());
    }

    @Test
    void letsNoOtherGuestReplaceThem() {
        take(old, new Claim(BOB, person, null));
        Claim other = new Claim(BOB, Person.newGuest(new SecureRandom()), null);
        assertFalse(next.channel().people().grants(next, other));
        assertFalse(take(next, other).isGranted());
        assertEquals(BOB.name(), old.name());
    }
}
