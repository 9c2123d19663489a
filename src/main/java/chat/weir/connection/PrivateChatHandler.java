package chat.weir.connection;

import chat.weir.account.Account;
import chat.weir.channel.Member;
import chat.weir.channel.Participant;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Private;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Handles requests to begin private chats. Between two accounts that is possible wherever the other one is, also while
 * they are away; with a guest in it, both have to be in the channel that the envelope is about.
 *
 * <p>Threading: safe. It waits for the database and runs on a worker pool.
 */
final class PrivateChatHandler {
    private final Environment environment;

    PrivateChatHandler(Environment environment) {
        this.environment = environment;
    }

    /** Somebody who is to be in a chat, on all his connections. */
    private record Peer(Participant participant, UserName name, List<Connection> connections) {}

    void begin(Connection connection, Private asked) {
        Author author = connection.identity().author();
        environment
                .accessControl()
                .refuseMuted(connection.places().in(asked.channel()).channel().id(), author, connection.transport());
        Participant participant = connection.identity().participant();
        if (participant == null) {
            throw new ChatException(ErrorReason.UNAUTHENTICATED, "you have just lost your name: take it again");
        }
        Peer other = find(connection, asked, author.account() != Author.GUEST);
        if (other.participant().equals(participant)) {
            throw new ChatException(ErrorReason.SELF, "you cannot chat with yourself in private");
        }
        ChannelId chat = environment.channels().privateChats().between(participant, other.participant());
        try {
            if (!connection.places().isIn(chat)) {
                connection.places().join(chat);
            }
        } finally {
            if (chat.isPassing()) {
                environment.channels().endIfEmpty(chat);
            }
        }
        List<UserName> both = Stream.of(author.name(), other.name())
                .sorted(Comparator.comparing(UserName::key))
                .toList();
        connection.places().bring(participant, new ServerEnvelope.Private(chat, both, asked.ref()));
        ServerEnvelope.Private told = new ServerEnvelope.Private(chat, both, null);
        others(connection, author).forEach(own -> own.places().bring(participant, told));
        // Whoever has blocked the other hears nothing of it, and the other nothing of that.
        other.connections().stream()
                .filter(his -> !his.places().blocked().contains(author.name().key()))
                .forEach(his -> his.places().bring(other.participant(), told));
    }

    private Peer find(Connection connection, Private asked, boolean byAccount) {
        Member here = connection.places().in(asked.channel());
        UserName name = UserName.parse(asked.user()).orElseThrow(() -> nobody(asked.user()));
        Optional<Account> account = environment.loginServices().accounts().find(name);
        List<Member> members = here.channel().roster().find(name);
        Participant present = members.isEmpty() ? null : members.get(0).participant();
        if (account.isPresent() && (byAccount || isOf(present, account.get()))) {
            long id = account.get().id();
            return new Peer(Participant.account(id), account.get().name(), environment.connectionsOf(id));
        }
        UserName shown = members.isEmpty() ? null : members.get(0).name();
        if (present == null || shown == null) {
            throw nobody(asked.user());
        }
        return new Peer(
                present,
                shown,
                members.stream()
                        .map(Member::owner)
                        .filter(Connection.class::isInstance)
                        .map(Connection.class::cast)
                        .toList());
    }

    private static boolean isOf(@Nullable Participant participant, Account account) {
        return participant != null && participant.account() == account.id();
    }

    /** The same client's other connections, if he is logged in to an account. */
    private List<Connection> others(Connection connection, Author author) {
        return author.account() == Author.GUEST
                ? List.of()
                : environment.connectionsOf(author.account()).stream()
                        .filter(other -> !other.equals(connection))
                        .toList();
    }

    private static ChatException nobody(String user) {
        return new ChatException(ErrorReason.NO_SUCH_USER, "nobody who could be reached goes by the name " + user);
    }
}
