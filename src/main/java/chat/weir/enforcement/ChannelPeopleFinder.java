package chat.weir.enforcement;

import chat.weir.channel.Channel;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.UserName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the targets of moderation actions by name, among present and recent users of channels.
 *
 * <p>Threading: safe; never blocks.
 */
public record ChannelPeopleFinder(ChannelRegistry channels, RecentSenders recentSenders) implements PeopleFinder {

    /**
     * Guests come first: if a guest's name was registered since, an action against the guest must not hit the account.
     */
    @Override
    public Optional<Subject> find(Scope where, UserName name) {
        return guest(where, name).or(() -> account(where, name)).or(() -> recentSenders.find(where, name));
    }

    @Override
    public Subject findAsGuest(Scope where, UserName name) {
        return recentSenders.findAsGuest(where, name);
    }

    private Stream<Channel> channels(Scope where) {
        return where instanceof Scope.InChannel in ? channels.find(in.channel()).stream() : channels.all().stream();
    }

    private Optional<Subject> guest(Scope where, UserName name) {
        List<Member> guests = channels(where)
                .flatMap(channel -> channel.roster().guest(name).stream())
                .toList();
        List<String> addresses = guests.stream()
                .flatMap(member -> member.client().address().stream())
                .toList();
        return guests.isEmpty() ? Optional.empty() : Optional.of(Subject.OfGuest.foundAt(name, addresses));
    }

    /** A present account takes precedence over recent senders with the same name. */
    private Optional<Subject> account(Scope where, UserName name) {
        return channels(where)
                .flatMap(channel -> channel.roster().find(name).stream())
                .flatMap(member -> Stream.ofNullable(member.client().author()))
                .filter(author -> author.account() != Author.GUEST)
                .<Subject>map(author -> new Subject.OfAccount(author.account(), author.name()))
                .findFirst();
    }
}
