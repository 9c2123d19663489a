package chat.weir.simulation;

/**
 * What a client keeps of a channel that it is not in any more.
 *
 * @param lastSeq the number of the last event that it has received
 * @param lastMessageId the id of the last message that it has received; 0: none
 * @param knownAfter it shows all messages between this id and the last event
 */
record ChannelMemory(long lastSeq, long lastMessageId, long knownAfter, ChannelPicture picture) {
    /** Keeps what a connection has received in its public channels. */
    static void keepAll(ModelConnection connection) {
        connection.client.views().keySet().forEach(channel -> keep(connection, channel));
    }

    /** Keeps what a connection has received in a channel, unless another connection of the user has received more. */
    static void keep(ModelConnection connection, String channel) {
        SimulatedUser user = connection.user;
        user.everBlocked.addAll(connection.everBlocked);
        ChannelView view = connection.client.views().get(channel);
        if (view == null || view.lastSeq() == 0 || channel.startsWith("@")) {
            return;
        }
        ChannelMemory before = user.memories.get(channel);
        if (before == null || before.lastSeq <= view.lastSeq()) {
            user.memories.put(channel, view.memory(connection.knownAfter.getOrDefault(channel, view.lastSeq())));
        }
    }
}
