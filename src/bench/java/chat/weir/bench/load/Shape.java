package chat.weir.bench.load;

/**
 * The distribution of clients over channels: clients and senders are numbered consecutively over all channels, and the
 * senders of a channel are spread evenly over its members.
 *
 * @param channels the number of channels
 * @param members the number of members of each channel
 * @param senders the number of senders in each channel
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
