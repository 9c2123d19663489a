package chat.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.junit.jupiter.api.Test;

class SelectorCycleTest {
    private int begun;
    private int ended;
    private boolean hasAfterwork;

    private final SelectorCycle pass = new SelectorCycle(new SelectorCycleListener() {
        @Override
        public void begin() {
            begun++;
        }

        @Override
        public boolean hasPendingWork() {
            return hasAfterwork;
        }

        @Override
        public void end() {
            ended++;
            hasAfterwork = false;
        }
    });

    @Test
    void takesWhatWasWrittenToOffTheSelectorsListAndLeavesItReady() throws IOException {
        try (Selector selector = Selector.open()) {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.source().register(selector, SelectionKey.OP_READ);
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
            selector.select();
            assertEquals(1, selector.selectedKeys().size());
            assertFalse(pass.wantsToKnowItsEnd());
            pass.written();
            assertTrue(pass.wantsToKnowItsEnd());
            assertFalse(pass.wantsToKnowItsEnd(), "once a pass");
            pass.end(selector);
            assertEquals(0, selector.selectedKeys().size());
            assertFalse(pass.wantsToKnowItsEnd());
            assertEquals(1, selector.selectNow());
        }
    }

    @Test
    void doesTheAfterworkOnceAPass() throws IOException {
        try (Selector selector = Selector.open()) {
            pass.begin();
            hasAfterwork = true;
            assertTrue(pass.wantsToKnowItsEnd());
            assertFalse(pass.wantsToKnowItsEnd());
            pass.end(selector);
            hasAfterwork = true;
            assertTrue(pass.wantsToKnowItsEnd(), "in the next pass again");
            assertEquals(1, begun);
            assertEquals(1, ended);
        }
    }
}
