package chat.weir;

import chat.weir.channel.Channel;
import chat.weir.channel.Channels;
import chat.weir.channel.Member;
import chat.weir.channel.Receipt;
import chat.weir.connection.Connection;
import chat.weir.history.Author;
import chat.weir.http.ChannelAccess;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets the HTTP API speak in channels, and see which there are. */
record ChannelsForHttp(Channels channels) implements ChannelAccess {

    @Override
    public CompletableFuture<Ack> say(ChannelId channel, UserName name, String text, @Nullable String ref) {
        CompletableFuture<Ack> answer = new CompletableFuture<>();
        channels.say(channel, new Author(name, Author.BACKEND), text, ref, new Receipt() {
            @Override
            public void acknowledged(Ack ack) {
                answer.complete(ack);
            }

            @Override
            public void refused(ErrorReply why) {
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
    public Optional<Subject.OfGuest> guest(Scope where, UserName name) {
        Stream<Channel> there =
                where instanceof Scope.InChannel in ? channels.find(in.channel()).stream() : channels.all().stream();
        List<Member> guests =
                there.flatMap(channel -> channel.people().guest(name).stream()).toList();
        List<String> addresses = guests.stream()
                .map(Member::owner)
                .flatMap(owner ->
                        owner instanceof Connection connection ? connection.ownAddress().stream() : Stream.empty())
                .distinct()
                .limit(2)
                .toList();
        return guests.isEmpty()
                ? Optional.empty()
                : Optional.of(new Subject.OfGuest(name, addresses.size() == 1 ? addresses.get(0) : null));
    }

    @Override
    public SortedMap<String, Integer> live() {
        return channels.occupied();
    }
}
