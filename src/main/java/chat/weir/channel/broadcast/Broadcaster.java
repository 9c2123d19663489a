package chat.weir.channel.broadcast;

import chat.weir.supervision.Progress;
import chat.weir.supervision.ServiceThread;
import chat.weir.supervision.TaskProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the broadcast cycles of channels. A channel is scheduled at most once at a time, so the queue is bounded by the
 * number of channels.
 *
 * <p>Many messages become one write because a cycle begins only after everything that had arrived was read. With one
 * core the thread that reads the sockets runs the cycles itself, after it has read every ready socket: a second thread
 * would only be woken, and wake the first, for each message (measured: a fifth of the core). With more cores separate
 * threads run the cycles, a channel always on the same one, while the reader reads on: what it reads during a cycle
 * goes out with the next one. In a quiet channel a cycle is one message and begins at once.
 *
 * <p>Threading: safe.
 */
public final class Broadcaster implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Broadcaster.class);

    /** What the calling thread has gathered; null if it does not. */
    private static final ThreadLocal<@Nullable List<BroadcastSource>> GATHERED = new ThreadLocal<>();

    /** For threads that publish together. */
    private static final ThreadLocal<BatchWriter> BATCH_WRITER = ThreadLocal.withInitial(BatchWriter::new);

    private final List<BroadcastThread> broadcastThreads = new ArrayList<>();
    private final boolean readerBroadcasts;

    /** What follows is confined to this thread. */
    private volatile @Nullable Thread reader;

    private final Queue<BroadcastSource> ofReader = new ArrayDeque<>();
    private final BatchWriter readerBatchWriter = new BatchWriter();

    /** For a machine with so many cores. */
    public Broadcaster(int cores) {
        readerBroadcasts = cores == 1;
        for (int i = 0; i < cores; i++) {
            broadcastThreads.add(new BroadcastThread("weir-broadcast-" + i));
        }
        broadcastThreads.forEach(broadcastThread -> broadcastThread.thread.start());
    }

    /** The calling thread is the one that reads the sockets. It has to call {@link #runPending} after it has read them. */
    public void readOnThisThread() {
        if (readerBroadcasts) {
            reader = Thread.currentThread();
        }
    }

    /**
     * Publishes many messages at once, in any number of channels: their cycles begin when all of them have been
     * published, so that each member gets them in one write. With one core this thread runs the cycles, for the same
     * reason as the reader.
     */
    public void together(Runnable publishing) {
        List<BroadcastSource> sources = new ArrayList<>();
        GATHERED.set(sources);
        try {
            publishing.run();
        } finally {
            GATHERED.remove();
            if (readerBroadcasts) {
                sources.forEach(source -> runCycle(source, BATCH_WRITER.get()));
            } else {
                sources.forEach(this::add);
            }
        }
    }

    public void add(BroadcastSource source) {
        List<BroadcastSource> together = GATHERED.get();
        if (together != null) {
            together.add(source);
        } else if (Thread.currentThread().equals(reader)) {
            ofReader.add(source);
        } else {
            broadcastThreads
                    .get(Math.floorMod(source.name().hashCode(), broadcastThreads.size()))
                    .queue
                    .add(source);
        }
    }

    /** Whether cycles wait for {@link #runPending}; called by the reader. */
    public boolean hasPending() {
        return !ofReader.isEmpty();
    }

    /** Runs the cycles of all channels that were scheduled since the last call; called by the reader. */
    public void runPending() {
        for (BroadcastSource source = ofReader.poll(); source != null; source = ofReader.poll()) {
            runCycle(source, readerBatchWriter);
        }
    }

    /** Ends the threads; what waits is not delivered any more. */
    @Override
    public void close() {
        broadcastThreads.forEach(broadcastThread -> broadcastThread.thread.end());
    }

    private static void runCycle(BroadcastSource source, BatchWriter batchWriter) {
        try {
            source.runCycle(batchWriter);
        } catch (Throwable e) {
            // Errors too: the thread serves every channel, and without it they would all fall silent.
            log.error("a broadcast cycle failed channel={}", source.name(), e);
        }
    }

    /** The threads that deliver, for the watchdog. */
    public List<Progress> progress() {
        return broadcastThreads.stream()
                .<Progress>map(broadcastThread -> broadcastThread.progress)
                .toList();
    }

    private static final class BroadcastThread {
        private final BlockingQueue<BroadcastSource> queue = new LinkedBlockingQueue<>();

        private final TaskProgress progress;
        private final BatchWriter batchWriter = new BatchWriter();
        private final ServiceThread thread;

        BroadcastThread(String name) {
            progress = new TaskProgress(name, () -> !queue.isEmpty());
            thread = new ServiceThread(name, this::step);
        }

        private boolean step() throws InterruptedException {
            BroadcastSource source = queue.take();
            progress.begin();
            runCycle(source, batchWriter);
            progress.end();
            return true;
        }
    }
}
