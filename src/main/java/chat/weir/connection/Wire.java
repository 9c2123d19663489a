package chat.weir.connection;

import chat.weir.channel.Subscriber;

/** What a connection knows of the socket behind it. */
public interface Wire extends Subscriber {
    /** The client's address for logs: that which a trusted proxy gave, or the socket's own. */
    String address();
}
