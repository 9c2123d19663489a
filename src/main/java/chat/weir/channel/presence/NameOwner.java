package chat.weir.channel.presence;

/** A client, as the names of a channel know it: it takes the same name in all channels that it is in. */
public interface NameOwner {
    /** Another connection has taken over this client's name by right: ends the connection. */
    void replaced(String reason);
}
