package chat.weir.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that deliver what channels have to say. A channel belongs to one of them, which takes its turns one after
 * the other; a channel waits in the queue at most once, so the queue is bounded by the number of channels.
 *
 * <p>The thread that read a message does not deliver it itself: while a turn is under way it goes on reading, and all
 * that it reads goes out with the next one. That is what makes one write of many messages; where nothing else is said,
 * a turn is one message and begins at once.
 *
 * <p>Threading: safe.
 */
public final class Turns implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    private final List<Deliverer> deliverers = new ArrayList<>();

    public Turns(int threads) {
        for (int i = 0; i < threads; i++) {
            deliverers.add(new Deliverer(i));
        }
        deliverers.forEach(Thread::start);
    }

    void add(Channel channel) {
        deliverers
                .get(Math.floorMod(channel.id().hashCode(), deliverers.size()))
                .queue
                .add(channel);
    }

    /** Ends the threads; what waits is not delivered any more. */
    @Override
    public void close() {
        deliverers.forEach(Thread::interrupt);
    }

    private static final class Deliverer extends Thread {
        private final BlockingQueue<Channel> queue = new LinkedBlockingQueue<>();
        private final Delivery delivery = new Delivery();

        Deliverer(int number) {
            super("weir-turns-" + number);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!isInterrupted()) {
                try {
                    queue.take().turn(delivery);
                } catch (InterruptedException e) {
                    interrupt();
                } catch (RuntimeException e) {
                    log.error("a turn failed", e);
                }
            }
        }
    }
}
