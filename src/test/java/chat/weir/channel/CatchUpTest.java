package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.frame.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final Frame ONE = frame("one");
    private static final Frame TWO = frame("two");

    private final CatchUp catchUp = new CatchUp(new Member(null, Member.Kind.JOINED), ONE.length() + TWO.length());

    private static Frame frame(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Frame.text(utf8, 0, utf8.length);
    }

    @Test
    void keepsFramesInOrder() {
        catchUp.add(ONE);
        catchUp.add(TWO);
        assertEquals(List.of(ONE, TWO), catchUp.frames());
        assertFalse(catchUp.hasOverflowed());
    }

    @Test
    void leavesOutWhatIsNotForTheMember() {
        catchUp.add(ONE);
        catchUp.add(TWO);
        catchUp.removeLast();
        catchUp.add(TWO);
        assertEquals(List.of(ONE, TWO), catchUp.frames());
        assertFalse(catchUp.hasOverflowed());
    }

    @Test
    void overflowsForGood() {
        catchUp.add(ONE);
        catchUp.add(TWO);
        catchUp.add(ONE);
        assertTrue(catchUp.hasOverflowed());
        catchUp.removeLast();
        catchUp.add(TWO);
        assertTrue(catchUp.hasOverflowed());
    }
}
