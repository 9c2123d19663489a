package chat.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.websocket.handshake.ConnectionLimits;
import chat.weir.websocket.handshake.ConnectionSlot;
import chat.weir.websocket.handshake.IdleConnections;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandedOverSocketTest {
    private final IdleConnections idle = new IdleConnections();
    private final ConnectionLimits limits = new ConnectionLimits(10, 0);
    private final SocketChannel channel = SocketChannel.open();
    private final Selector selector = Selector.open();

    HandedOverSocketTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        channel.close();
        selector.close();
    }

    private HandedOverSocket socket() {
        limits.enter();
        return new HandedOverSocket(
                channel,
                InetAddress.getLoopbackAddress(),
                ByteBuffer.allocate(0),
                selector,
                new ConnectionSlot(limits),
                idle);
    }

    private HandedOverSocket idle() {
        HandedOverSocket socket = socket();
        assertTrue(socket.requestBegins());
        socket.requestEnds();
        return socket;
    }

    @Test
    void closesIdleConnectionsFromTheOldest() {
        HandedOverSocket first = idle();
        HandedOverSocket second = idle();
        first.requestBegins();
        first.requestEnds();
        assertSame(second, idle.removeOldest());
        assertSame(first, idle.removeOldest());
        assertNull(idle.removeOldest());
    }

    @Test
    void closesNoConnectionBeforeItsFirstRequestOrDuringOne() {
        HandedOverSocket unused = socket();
        idle().requestBegins();
        assertNull(idle.removeOldest());
    }

    @Test
    void isIdleAfterItsLastRequestOnly() {
        HandedOverSocket socket = socket();
        socket.requestBegins();
        // The first response is complete, but is processed only after the second request has started.
        socket.requestBegins();
        socket.requestEnds();
        assertNull(idle.removeOldest());
        socket.requestEnds();
        assertSame(socket, idle.removeOldest());
    }

    @Test
    void acceptsNoRequestOnceItIsBeingClosed() {
        HandedOverSocket socket = idle();
        assertSame(socket, idle.removeOldest());
        assertFalse(socket.requestBegins());
    }

    @Test
    void isForgottenWhenItIsClosed() {
        HandedOverSocket whileIdle = idle();
        HandedOverSocket whileBusy = socket();
        whileBusy.requestBegins();
        whileIdle.closed();
        whileBusy.closed();
        whileBusy.requestEnds();
        assertNull(idle.removeOldest());
        assertFalse(whileBusy.requestBegins());
        assertEquals(0, limits.sockets());
    }
}
