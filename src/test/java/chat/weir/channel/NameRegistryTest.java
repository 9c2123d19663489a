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
class NameRegistryTest {
    private static final Author BOB = new Author(UserName.parse("bob").orElseThrow(), Author.GUEST);

    private final ChannelRegistryFixture fixture = new ChannelRegistryFixture();
    private final Participant participant = Participant.newGuest(new SecureRandom());
    private final Member old = join();
    private final Member next = join();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Member join() {
        return fixture.channels().join(new ChannelId("boats"), ChannelRegistryFixture.client());
    }

    private static NameClaim.Result take(Member member, NameClaim claim) {
        Roster roster = member.channel().roster();
        NameClaim.Result result = roster.claim(member, claim);
        if (result.isGranted()) {
            roster.adopt(member, true);
        }
        return result;
    }

    /** A connection that ends lets go of its channels one by one; the next of the same client may come in between. */
    @Test
    void letsAGuestReplaceTheirOwnMember() {
        take(old, new NameClaim(new UserIdentity(BOB, participant), null));
        NameClaim again = new NameClaim(new UserIdentity(BOB, participant), null);
        assertTrue(next.channel().roster().grants(next, again));
        assertEquals(old.client(), take(next, again).replaced());
        assertEquals(BOB.name(), next.name());
    }

    @Test
    void letsNoOtherGuestReplaceThem() {
        take(old, new NameClaim(new UserIdentity(BOB, participant), null));
        NameClaim other = new NameClaim(new UserIdentity(BOB, Participant.newGuest(new SecureRandom())), null);
        assertFalse(next.channel().roster().grants(next, other));
        assertFalse(take(next, other).isGranted());
        assertEquals(BOB.name(), old.name());
    }
}
