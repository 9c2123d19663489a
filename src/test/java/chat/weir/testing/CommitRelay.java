package chat.weir.testing;

import chat.weir.database.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A relay between a client and its PostgreSQL server. It can break the connection at the worst moment: after the
 * server has committed, but before its response arrives.
 *
 * <p>Threading: safe.
 */
public final class CommitRelay implements AutoCloseable {
    private final DatabaseUrl server;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean armed = new AtomicBoolean();
    private volatile boolean broken;

    public CommitRelay(DatabaseUrl server) {
        this.server = server;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "commit-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** The URL of the server through this relay. */
    public DatabaseUrl address() {
        String url = server.url().replaceFirst(":\\d+/", ":" + listener.getLocalPort() + "/");
        return new DatabaseUrl(url, server.user(), server.password());
    }

    /** Loses the response to the next commit, and blocks all traffic until {@link #repair}. */
    public void breakAtCommit() {
        armed.set(true);
    }

    public boolean isBroken() {
        return broken;
    }

    public void repair() {
        broken = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                URI uri = URI.create(server.url().substring("jdbc:".length()));
                Socket upstream = new Socket(uri.getHost(), uri.getPort());
                sockets.add(client);
                sockets.add(upstream);
                if (broken) {
                    closeAll();
                } else {
                    AtomicBoolean committing = new AtomicBoolean();
                    start(() -> pump(client, upstream, committing, true));
                    start(() -> pump(upstream, client, committing, false));
                }
            } catch (IOException e) {
                closeAll();
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicBoolean committing, boolean isRequest) {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                if (isRequest && asksToCommit(buffer, length) && armed.compareAndSet(true, false)) {
                    committing.set(true);
                }
                if (!isRequest && committing.get()) {
                    broken = true;
                    closeAll();
                    return;
                }
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side has closed. Other connections are not affected unless the relay is broken.
            if (broken) {
                closeAll();
            }
        }
    }

    private static boolean asksToCommit(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT");
    }

    /** Closing a socket twice has no effect. */
    private void closeAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try (listener) {
            closeAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
