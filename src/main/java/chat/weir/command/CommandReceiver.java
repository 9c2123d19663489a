package chat.weir.command;

import chat.weir.connection.Connection;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.DisconnectException;
import chat.weir.protocol.frame.Utf8Validator;

/**
 * Passes what one client sends to the dispatcher.
 *
 * <p>Threading: as {@link SocketListener}.
 */
record CommandReceiver(CommandDispatcher dispatcher, Connection connection) implements SocketListener {
    @Override
    public void receiveText(byte[] utf8, int length) {
        dispatcher.dispatch(connection, utf8, length);
    }

    @Override
    public void receiveBinary(byte[] bytes, int length) {
        if (!Utf8Validator.isValid(bytes, length)) {
            throw new DisconnectException(CloseCode.NOT_TEXT, "a binary message is not UTF-8");
        }
        receiveText(bytes, length);
    }

    @Override
    public void receivePing(byte[] payload) {
        dispatcher.ping(connection, payload);
    }

    @Override
    public void receivePong() {
        connection.pong();
    }

    @Override
    public void close(int code, String reason) {
        connection.close(code, reason);
    }

    @Override
    public void closed() {
        connection.closed();
    }

    @Override
    public String channel() {
        return connection.memberships().own().channel().id().value();
    }
}
