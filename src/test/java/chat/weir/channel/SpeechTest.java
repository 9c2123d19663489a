package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.history.Author;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class SpeechTest {
    private final Speech speech = new Speech(new Semaphore(10));
    private final Member member = new Member(null, null, Member.Place.OWN);

    private static Utterance utterance() {
        Author bob = new Author(UserName.parse("bob").orElseThrow(), Author.GUEST);
        return new Utterance(null, null, new Speaker(bob, new Person(Author.GUEST, 1)), "hi", null, new Receipt() {
            @Override
            public void acknowledged(Ack ack) {}

            @Override
            public void refused(ErrorReply why) {}
        });
    }

    @Test
    void countsAllAsMissedWhereNothingWasEverPublished() {
        assertEquals(OptionalLong.of(Long.MAX_VALUE), speech.heardFrom(member));
    }

    @Test
    void cannotTellWhileTheFirstMessageIsOnItsWay() {
        Utterance first = utterance();
        speech.begin(first);
        assertEquals(OptionalLong.empty(), speech.heardFrom(member));
        speech.published(first, new Ack(7, 0, ""), 0);
        assertEquals(OptionalLong.of(7), speech.heardFrom(member));
    }

    @Test
    void countsAsMissedWhatWasPublishedBeforeAMemberBeganToHear() {
        Utterance first = utterance();
        speech.begin(first);
        speech.published(first, new Ack(7, 0, ""), 0);
        member.hearsAfter = speech.lastId();
        speech.begin(utterance());
        assertEquals(OptionalLong.of(8), speech.heardFrom(member));
    }

    @Test
    void canTellAgainWhenWhatWasOnItsWayHasFailed() {
        Utterance first = utterance();
        speech.begin(first);
        speech.abandon(first);
        assertEquals(OptionalLong.of(Long.MAX_VALUE), speech.heardFrom(member));
    }
}
