package chat.weir;

import chat.weir.channel.ChangeListener;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.PublishListener;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.history.Author;
import chat.weir.history.MessageChange;
import chat.weir.http.api.ChannelAccess;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives the HTTP API access to channels. */
record ChannelsForHttp(ChannelRegistry channels) implements ChannelAccess {

    @Override
    public CompletableFuture<Ack> publish(
            ChannelId channel, long key, UserName name, String text, @Nullable String ref) {
        CompletableFuture<Ack> answer = new CompletableFuture<>();
        channels.publish(
                channel, UserIdentity.backend(new Author(name, Author.BACKEND), key), text, ref, new PublishListener() {
                    @Override
                    public void acknowledged(Ack ack) {
                        answer.complete(ack);
                    }

                    @Override
                    public void refused(ChatException why) {
                        answer.completeExceptionally(why);
                    }
                });
        return answer;
    }

    @Override
    public CompletableFuture<Boolean> change(ChannelId channel, Author author, MessageChange change) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        channels.change(channel, author, change, new ChangeListener() {
            @Override
            public void done() {
                answer.complete(true);
            }

            @Override
            public void refused(ChatException why) {
                answer.completeExceptionally(why);
            }
        });
        return answer;
    }

    @Override
    public ServerEnvelope.Users users(ChannelId channel) {
        return channels.users(channel);
    }

    @Override
    public boolean isUsedByAnother(UserName name, @Nullable String resume) {
        return channels.isUsedByAnother(name, resume);
    }

    @Override
    public SortedMap<String, Integer> live(String after, int limit) {
        return channels.occupied(after, limit);
    }
}
