package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.history.Draft;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.ServerEnvelope.Ack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is being said in a channel, and who wants to know what becomes of it.
 *
 * <p>Threading: the receipts are guarded by the channel; the rest is immutable.
 */
final class Utterance implements Draft {
    private final ChannelId channel;
    private final Floor floor;
    private final Speaker speaker;
    private final String text;
    private final @Nullable String ref;
    private long receivedNanos;
    private final List<Receipt> receipts = new ArrayList<>(1);

    Utterance(ChannelId channel, Floor floor, Speaker speaker, String text, @Nullable String ref, Receipt receipt) {
        this.channel = channel;
        this.floor = floor;
        this.speaker = speaker;
        this.text = text;
        this.ref = ref;
        receipts.add(receipt);
    }

    /** When it was received; set before it is stored. */
    void received(long nanos) {
        receivedNanos = nanos;
    }

    long receivedNanos() {
        return receivedNanos;
    }

    @Override
    public ChannelId channel() {
        return channel;
    }

    @Override
    public Author author() {
        return speaker.author();
    }

    Person person() {
        return speaker.person();
    }

    @Override
    public String text() {
        return text;
    }

    @Nullable
    String ref() {
        return ref;
    }

    @Override
    public void stored(long id, long timestamp) {
        floor.publish(this, id, timestamp);
    }

    @Override
    public void failed(ErrorReply why) {
        floor.giveUp(this, why);
    }

    /** The same was sent again before it was stored: its sender hears what becomes of this one. */
    void alsoTell(Utterance again) {
        receipts.addAll(again.receipts);
    }

    void acknowledge(Ack ack) {
        receipts.forEach(receipt -> receipt.acknowledged(ack));
    }

    void refuse(ErrorReply why) {
        receipts.forEach(receipt -> receipt.refused(why));
    }
}
