package chat.weir.connection;

import chat.weir.channel.Channel;
import chat.weir.channel.Channels;
import chat.weir.channel.Member;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.protocol.UserName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the guest who goes by a name, with his address, for measures against him.
 *
 * <p>Threading: safe; never waits.
 */
public record Guests(Channels channels) {

    /**
     * The guest who is there, with no address if guests of the name come from several: a measure that holds everywhere
     * may mean any of them.
     */
    public Optional<Subject.OfGuest> find(Scope where, UserName name) {
        Stream<Channel> there =
                where instanceof Scope.InChannel in ? channels.find(in.channel()).stream() : channels.all().stream();
        List<Member> guests =
                there.flatMap(channel -> channel.people().guest(name).stream()).toList();
        List<String> addresses = guests.stream()
                .map(Member::owner)
                .flatMap(owner -> owner instanceof Connection connection
                        ? connection.wire().ownAddress().stream()
                        : Stream.empty())
                .distinct()
                .limit(2)
                .toList();
        return guests.isEmpty()
                ? Optional.empty()
                : Optional.of(new Subject.OfGuest(name, addresses.size() == 1 ? addresses.get(0) : null));
    }
}
