package chat.weir.command;

import chat.weir.channel.Member;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.command.CommandTable.Lane;
import chat.weir.connection.Connection;
import chat.weir.enforcement.AccessControl;
import chat.weir.enforcement.RecentSenders;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ClientEnvelope.Message;
import java.util.function.LongSupplier;

/**
 * Handles messages: checks whether the sender may publish, and publishes.
 *
 * <p>Threading: safe.
 */
public final class MessageHandler implements CommandTable.Group {
    private final AccessControl accessControl;
    private final RecentSenders recentSenders;
    private final LongSupplier nanoTime;

    public MessageHandler(AccessControl accessControl, RecentSenders recentSenders, LongSupplier nanoTime) {
        this.accessControl = accessControl;
        this.recentSenders = recentSenders;
        this.nanoTime = nanoTime;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(Message.class, Lane.NONE, this::publish);
    }

    private void publish(Connection connection, Message message) {
        UserIdentity sender = connection.identity().sender();
        Member member = connection.memberships().in(message.channel());
        accessControl.requireMaySpeak(member, sender.author());
        connection.rateLimits().message(nanoTime.getAsLong());
        ChannelId channel = member.channel().id();
        if (!channel.isPrivate()) {
            // Before anybody can see the message and ban its author.
            recentSenders.record(channel, sender.author(), connection.address());
        }
        member.channel().publish(member, sender, message.text(), message.replyTo(), message.ref());
    }
}
