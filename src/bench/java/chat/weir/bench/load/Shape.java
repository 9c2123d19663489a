package chat.weir.bench.load;

/**
 * Who is where: clients are numbered through the channels, {@code members} in each; the senders of a channel are
 * spread evenly over its members, and numbered through the channels too.
 *
 * @param channels how many channels
 * @param members how many members each has
 * @param senders how many of these send
 */
record Shape(int channels, int members, int senders) {
    int clients() {
        return channels * members;
    }

    int allSenders() {
        return channels * senders;
    }

    int channelOf(int client) {
        return client / members;
    }

    int firstSenderOf(int channel) {
        return channel * senders;
    }

    int clientOf(int sender) {
        return sender / senders * members + sender % senders * (members / senders);
    }
}
