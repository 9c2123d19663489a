package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.Reactions.OfEmoji;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReactionsTest {
    private static final String THUMB = "\uD83D\uDC4D";
    private static final String HEART = "\u2764\uFE0F";
    private static final Reactions BOTH =
            new Reactions(List.of(OfEmoji.of(THUMB, List.of("Alice", "bob")), OfEmoji.of(HEART, List.of("bob"))));

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "guest" + i).toList();
    }

    @Test
    void readsWhatItHasWritten() {
        Reactions reactions = BOTH.with(OfEmoji.of("\uD83C\uDF89", names(51)));
        assertEquals(THUMB + " 2 Alice bob\n" + HEART + " 1 bob\n\uD83C\uDF89 51", reactions.toText());
        assertEquals(reactions, Reactions.parse(reactions.toText()));
        assertEquals(Reactions.NONE, Reactions.parse(Reactions.NONE.toText()));
    }

    @Test
    void listsUpToFiftyNames() {
        assertEquals(50, OfEmoji.of(THUMB, names(50)).names().size());
        assertEquals(new OfEmoji(THUMB, 51, List.of()), OfEmoji.of(THUMB, names(51)));
    }

    @Test
    void replacesAddsAndRemovesAnEmoji() {
        OfEmoji one = OfEmoji.of(THUMB, List.of("bob"));
        assertEquals(List.of(one, BOTH.all().get(1)), BOTH.with(one).all(), "in the same place");
        assertEquals(
                List.of(BOTH.all().get(1)),
                BOTH.with(OfEmoji.of(THUMB, List.of())).all());
        assertEquals(BOTH, BOTH.with(OfEmoji.of("x", List.of())));
        assertEquals(List.of(one), Reactions.NONE.with(one).all());
        assertEquals(Optional.of(BOTH.all().get(1)), BOTH.find(HEART));
        assertEquals(Optional.empty(), BOTH.find("x"));
    }

    @Test
    void hasRoomForTwentyEmojis() {
        Reactions full = new Reactions(IntStream.range(0, 20)
                .mapToObj(i -> OfEmoji.of("e" + i, List.of("bob")))
                .toList());
        assertFalse(full.hasRoomFor("another"));
        assertTrue(full.hasRoomFor("e7"));
        assertTrue(full.with(OfEmoji.of("e3", List.of())).hasRoomFor("another"));
    }

    @Test
    void leavesOutBlockedNames() {
        assertEquals(
                List.of(new OfEmoji(THUMB, 2, List.of("Alice"))),
                BOTH.without(Set.of("bob")).all());
        assertEquals(BOTH, BOTH.without(Set.of()));
        Reactions counted = new Reactions(List.of(OfEmoji.of(THUMB, names(51))));
        assertEquals(counted, counted.without(Set.of("guest1")));
    }
}
