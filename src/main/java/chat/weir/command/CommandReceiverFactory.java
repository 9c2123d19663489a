package chat.weir.command;

import chat.weir.connection.ClientTransport;
import chat.weir.connection.ConnectionFactory;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.frame.CloseCode;
import java.util.Optional;

/**
 * Opens a connection for each WebSocket, whose envelopes then go to the dispatcher.
 *
 * <p>Threading: safe.
 */
public record CommandReceiverFactory(ConnectionFactory connectionFactory, CommandDispatcher dispatcher)
        implements SocketListenerFactory {
    @Override
    public Optional<? extends SocketListener> open(ClientTransport transport, String target) {
        return connectionFactory.open(transport, target).map(connection -> new CommandReceiver(dispatcher, connection));
    }

    @Override
    public void refuse(ClientTransport transport, ChatException error, CloseCode code) {
        connectionFactory.refuse(transport, error, code);
    }
}
