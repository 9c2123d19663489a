package chat.weir.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PollerTest {
    private final List<SelectionKey> served = new ArrayList<>();

    @Test
    @Timeout(20)
    void doesNotWaitWhenItSpins() throws IOException {
        try (Selector selector = Selector.open()) {
            Poller poller = new Poller(selector, true);
            poller.poll(served::add, 60_000);
            assertEquals(List.of(), served);
            assertTrue(poller.idleSeconds() > 0);
        }
    }

    @Test
    void countsNoTimeInWhichItWorksOrSleeps() throws IOException {
        for (boolean spin : List.of(true, false)) {
            try (Selector selector = Selector.open()) {
                Pipe pipe = Pipe.open();
                pipe.source().configureBlocking(false).register(selector, SelectionKey.OP_READ);
                Poller poller = new Poller(selector, spin);
                pipe.sink().write(ByteBuffer.wrap(new byte[1]));
                served.clear();
                poller.poll(served::add, 60_000);
                assertEquals(1, served.size());
                assertEquals(0, poller.idleSeconds());
                pipe.source().close();
                pipe.sink().close();
            }
        }
    }
}
