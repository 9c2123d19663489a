package chat.weir.command;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.account.LoginRegistry;
import chat.weir.channel.ChannelClient;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.Member;
import chat.weir.channel.presence.Participant;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.enforcement.AccessControl;
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
 * Handles requests to begin private chats. Two accounts can chat wherever the other one is, also while they are away; with
 * a guest, both must be in the channel that the envelope names.
 *
 * <p>Threading: safe. It waits for the database and runs on a worker pool.
 */
public final class PrivateChatHandler implements CommandTable.Group {
    private final AccessControl accessControl;
    private final ChannelRegistry channels;
    private final Accounts accounts;
    private final LoginRegistry<Connection> logins;

    public PrivateChatHandler(
            AccessControl accessControl,
            ChannelRegistry channels,
            Accounts accounts,
            LoginRegistry<Connection> logins) {
        this.accessControl = accessControl;
        this.channels = channels;
        this.accounts = accounts;
        this.logins = logins;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(Private.class, Lane.QUERY, this::begin, Trait.NOTICED);
    }

    /** The other participant, on all their connections. */
    private record Peer(Participant participant, UserName name, List<? extends ChannelClient> clients) {}

    private void begin(Connection connection, Private asked) {
        Author author = connection.identity().author();
        accessControl.requireMaySpeak(connection.memberships().in(asked.channel()), author);
        Participant participant = connection.identity().participant();
        if (participant == null) {
            throw new ChatException(ErrorReason.UNAUTHENTICATED, "you have just lost your name: take it again");
        }
        Peer other = find(connection, asked, author.account() != Author.GUEST);
        if (other.participant().equals(participant)) {
            throw new ChatException(ErrorReason.SELF, "you cannot chat with yourself in private");
        }
        ChannelId chat = channels.privateChats().between(participant, other.participant());
        try {
            if (!connection.memberships().isIn(chat)) {
                connection.identity().join(chat);
            }
        } finally {
            if (chat.isEphemeral()) {
                channels.endIfEmpty(chat);
            }
        }
        List<UserName> both = Stream.of(author.name(), other.name())
                .sorted(Comparator.comparing(UserName::key))
                .toList();
        connection.identity().invite(participant, new ServerEnvelope.Private(chat, both, asked.ref()));
        ServerEnvelope.Private told = new ServerEnvelope.Private(chat, both, null);
        others(connection, author).forEach(own -> own.identity().invite(participant, told));
        other.clients().forEach(client -> client.invite(other.participant(), author.name(), told));
    }

    private Peer find(Connection connection, Private asked, boolean byAccount) {
        Member here = connection.memberships().in(asked.channel());
        UserName name = UserName.parse(asked.user()).orElseThrow(() -> nobody(asked.user()));
        Optional<Account> account = accounts.find(name);
        List<Member> members = here.channel().roster().find(name);
        Participant present = members.isEmpty() ? null : members.get(0).participant();
        if (account.isPresent() && (byAccount || isOf(present, account.get()))) {
            long id = account.get().id();
            return new Peer(Participant.account(id), account.get().name(), logins.sockets(id));
        }
        UserName shown = members.isEmpty() ? null : members.get(0).name();
        if (present == null || shown == null) {
            throw nobody(asked.user());
        }
        return new Peer(present, shown, members.stream().map(Member::client).toList());
    }

    private static boolean isOf(@Nullable Participant participant, Account account) {
        return participant != null && participant.account() == account.id();
    }

    /** The other connections of the client's account; none for a guest. */
    private List<Connection> others(Connection connection, Author author) {
        return author.account() == Author.GUEST
                ? List.of()
                : logins.sockets(author.account()).stream()
                        .filter(other -> !other.equals(connection))
                        .toList();
    }

    private static ChatException nobody(String user) {
        return new ChatException(ErrorReason.NO_SUCH_USER, "no user who can be reached has the name " + user);
    }
}
