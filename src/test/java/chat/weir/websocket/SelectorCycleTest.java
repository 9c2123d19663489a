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
import org.junit.jupiter.api.Timeout;

class SelectorCycleTest {
    private int begun;
    private int ended;
    private boolean hasAfterwork;

    private final SelectorCycle selectorCycle = new SelectorCycle(new SelectorCycleListener() {
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
    void removesWrittenSocketsFromTheSelectedKeysAndKeepsThemReady() throws IOException {
        try (Selector selector = Selector.open()) {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.source().register(selector, SelectionKey.OP_READ);
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
            selector.select();
            assertEquals(1, selector.selectedKeys().size());
            assertFalse(selectorCycle.wantsToKnowItsEnd());
            selectorCycle.written();
            assertTrue(selectorCycle.wantsToKnowItsEnd());
            assertFalse(selectorCycle.wantsToKnowItsEnd(), "once a cycle");
            selectorCycle.end(selector);
            assertEquals(0, selector.selectedKeys().size());
            assertFalse(selectorCycle.wantsToKnowItsEnd());
            assertEquals(1, selector.selectNow());
        }
    }

    @Test
    void runsTheFollowUpOncePerCycle() throws IOException {
        try (Selector selector = Selector.open()) {
            selectorCycle.begin();
            hasAfterwork = true;
            assertTrue(selectorCycle.wantsToKnowItsEnd());
            assertFalse(selectorCycle.wantsToKnowItsEnd());
            selectorCycle.end(selector);
            hasAfterwork = true;
            assertTrue(selectorCycle.wantsToKnowItsEnd(), "in the next cycle again");
            assertEquals(1, begun);
            assertEquals(1, ended);
        }
    }

    /** The descriptor of a closed socket is only freed by the next select, which must not wait. */
    @Test
    @Timeout(30)
    void endsTheSelectForASocketThatAnotherThreadHasClosed() throws Exception {
        try (Selector selector = Selector.open()) {
            Thread other = new Thread(selectorCycle::begin);
            other.start();
            other.join();
            selectorCycle.socketClosed(selector);
            assertEquals(0, selector.select());
        }
    }

    /** The library breaks a cycle off at the key of a closed socket, and what waits for the end of the cycle would wait. */
    @Test
    @Timeout(30)
    void endsTheNextSelectIfSomethingWaitsForTheEndOfThePass() throws IOException {
        try (Selector selector = Selector.open()) {
            selectorCycle.begin();
            hasAfterwork = true;
            selectorCycle.socketClosed(selector);
            assertEquals(0, selector.select());
            assertTrue(selectorCycle.wantsToKnowItsEnd());
            hasAfterwork = false;
            selectorCycle.socketClosed(selector);
            assertEquals(0, selector.select());
            selectorCycle.end(selector);
            selectorCycle.written();
            selectorCycle.socketClosed(selector);
            assertEquals(0, selector.select());
        }
    }
}
