package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.channel.presence.UserIdentity;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelRegistryTest {
    private final ChannelRegistryFixture fixture = new ChannelRegistryFixture();
    private final ChannelRegistry channels = fixture.channels();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Member join(String id, Member.Kind kind) {
        ChannelClient client = ChannelRegistryFixture.client();
        if (kind == Member.Kind.JOINED) {
            return channels.join(new ChannelId(id), client);
        }
        List<Member> joined = new ArrayList<>();
        ChannelClient unused = channels.joinOwn(new ChannelId(id), member -> {
            joined.add(member);
            return client;
        });
        return joined.get(0);
    }

    @Test
    void listsAPageOfNonEmptyChannels() {
        // In UTF-8 order, U+FFxx comes before the supplementary characters.
        List<String> ids = List.of("a", "b", "\u00e9", "\uff41", "\uD840\uDC00");
        ids.forEach(id -> join(id, Member.Kind.OWN));
        Member second = join("b", Member.Kind.JOINED);
        assertEquals(ids, List.copyOf(channels.occupied("", 10).keySet()));
        assertEquals(ids.subList(2, 4), List.copyOf(channels.occupied("b", 2).keySet()));
        assertEquals(ids.subList(1, 3), List.copyOf(channels.occupied("a~", 2).keySet()));
        assertEquals(2, channels.occupied("", 10).get("b"));
        channels.leave(second);
        assertEquals(1, channels.occupied("", 10).get("b"));
    }

    @Test
    void doesNotListAChannelThatBecameEmpty() {
        Member member = join("a", Member.Kind.OWN);
        channels.leave(member);
        assertTrue(channels.occupied("", 10).isEmpty());
        join("a", Member.Kind.OWN);
        assertEquals(1, channels.occupied("", 10).get("a"));
    }

    /** Otherwise, listing channels would delay senders. */
    @Test
    void listsChannelsWhileOneIsLocked() {
        Member member = join("a", Member.Kind.OWN);
        FutureTask<Integer> list =
                new FutureTask<>(() -> channels.occupied("", 10).size());
        Author author = new Author(UserName.parse("bob").orElseThrow(), Author.BACKEND);
        member.channel().publish(UserIdentity.backend(author, 1), "hello", null, new PublishListener() {
            @Override
            public void acknowledged(Ack ack) {
                // Under the channel's lock.
                new Thread(list).start();
                assertEquals(1, assertDoesNotThrow(() -> list.get()));
            }

            @Override
            public void refused(ChatException why) {
                throw why;
            }
        });
        assertTrue(list.isDone());
    }

    @Test
    void limitsJoinedChannelsToHalfOfTheCapacity() {
        for (int i = 0; i < ChannelRegistryFixture.MAX_CHANNELS / 2; i++) {
            join("joined" + i, Member.Kind.JOINED);
        }
        assertThrows(ChatException.class, () -> join("more", Member.Kind.JOINED));
        Member again = join("joined0", Member.Kind.JOINED);
        assertEquals("joined0", again.channel().id().value());
        for (int i = 0; i < ChannelRegistryFixture.MAX_CHANNELS / 2; i++) {
            join("own" + i, Member.Kind.OWN);
        }
        assertThrows(ChatException.class, () -> join("one-too-many", Member.Kind.OWN));
        assertEquals(ChannelRegistryFixture.MAX_CHANNELS, channels.size());
        channels.leave(again);
    }
}
