package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.channel.presence.Participant;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.history.Author;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishStateTest {
    private final PublishState publishState = new PublishState(new Semaphore(10));
    private final Member member = TestChannelClient.member(ChannelRegistryFixture.NOBODY, Member.Kind.OWN);

    private static PendingMessage pending() {
        return pending(null);
    }

    private static PendingMessage pending(@Nullable String ref) {
        Author bob = new Author(UserName.parse("bob").orElseThrow(), Author.GUEST);
        return new PendingMessage(
                null,
                null,
                new UserIdentity(bob, new Participant(Author.GUEST, 1)),
                "hi",
                0,
                ref,
                new PublishListener() {
                    @Override
                    public void acknowledged(Ack ack) {}

                    @Override
                    public void refused(ChatException why) {}
                });
    }

    @Test
    void countsEverythingAsMissedBeforeTheFirstMessage() {
        assertEquals(OptionalLong.of(Long.MAX_VALUE), publishState.deliveredFrom(member));
    }

    @Test
    void isUnknownWhileTheFirstMessageIsBeingStored() {
        PendingMessage first = pending();
        publishState.begin(first);
        assertEquals(OptionalLong.empty(), publishState.deliveredFrom(member));
        publishState.published(first, new Ack(7, 0, ""), 0);
        assertEquals(OptionalLong.of(7), publishState.deliveredFrom(member));
    }

    @Test
    void countsMessagesPublishedBeforeTheMemberJoined() {
        PendingMessage first = pending();
        publishState.begin(first);
        publishState.published(first, new Ack(7, 0, ""), 0);
        member.listensAfter = publishState.lastId();
        publishState.begin(pending());
        assertEquals(OptionalLong.of(8), publishState.deliveredFrom(member));
    }

    @Test
    void isKnownAgainAfterThePendingMessageFailed() {
        PendingMessage first = pending();
        publishState.begin(first);
        publishState.abandon(first);
        assertEquals(OptionalLong.of(Long.MAX_VALUE), publishState.deliveredFrom(member));
    }

    @Test
    void countsAMessageThatWasPublishedBeforeAsNothing() {
        PendingMessage again = pending("1");
        publishState.begin(again);
        publishState.publishedBefore(again, new Ack(7, 0, "1"), 0);
        assertTrue(publishState.isIdle());
        assertEquals(0, publishState.lastId());
        assertTrue(publishState.answerAgain(pending("1"), 0), "known from now on");
    }

    @Test
    void countsChangesLikeMessages() {
        publishState.begin();
        assertEquals(OptionalLong.empty(), publishState.deliveredFrom(member));
        publishState.publishedChange(7);
        assertEquals(OptionalLong.of(7), publishState.deliveredFrom(member));
        publishState.begin();
        publishState.publishedChange(9);
        assertEquals(9, publishState.lastId());
        publishState.begin();
        publishState.abandon();
        publishState.publishedLate(11);
        assertEquals(11, publishState.lastId());
        assertTrue(publishState.isIdle());
    }
}
