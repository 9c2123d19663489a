package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.moderation.BlockTable;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Block;
import chat.weir.protocol.ClientEnvelope.Unblock;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.util.Set;

/**
 * Blocks and unblocks users for a client. What an account blocks is kept and holds on all its connections; what a guest
 * blocks, until his connection ends or he logs out.
 *
 * <p>Threading: safe. Both wait for the database and run on a worker pool.
 */
final class BlockHandler {
    private final Environment environment;

    BlockHandler(Environment environment) {
        this.environment = environment;
    }

    void block(Connection connection, Block block) {
        Author author = connection.identity().author();
        UserName name = name(block.user());
        if (name.key().equals(author.name().key())) {
            throw new ChatException(ErrorReason.SELF, "you cannot block yourself");
        }
        refuseUnknown(connection, name);
        if (author.account() == Author.GUEST) {
            Set<String> blocked = connection.places().blocked();
            if (!blocked.contains(name.key())) {
                BlockTable.refuseMany(blocked.size());
            }
            connection.places().changeBlocked(names -> names.with(name.key()));
        } else {
            environment.blocks().add(author.account(), name);
            tellAllConnections(author.account());
        }
        CommandDispatcher.done(connection, block);
    }

    void unblock(Connection connection, Unblock unblock) {
        Author author = connection.identity().author();
        UserName name = name(unblock.user());
        if (!connection.places().blocked().contains(name.key())) {
            throw new ChatException(ErrorReason.NOT_FOUND, "you have not blocked " + name);
        }
        if (author.account() == Author.GUEST) {
            connection.places().changeBlocked(names -> names.without(name.key()));
        } else {
            environment.blocks().remove(author.account(), name);
            environment
                    .connectionsOf(author.account())
                    .forEach(one -> one.places().changeBlocked(names -> names.withoutAsGuest(name.key())));
            tellAllConnections(author.account());
        }
        CommandDispatcher.done(connection, unblock);
    }

    /** They share the set. */
    private void tellAllConnections(long account) {
        Set<String> blocked = Set.copyOf(environment.blocks().of(account));
        environment
                .connectionsOf(account)
                .forEach(connection -> connection.places().changeBlocked(names -> names.withAccount(blocked)));
    }

    private static UserName name(String user) {
        return UserName.parse(user)
                .orElseThrow(() -> new ChatException(ErrorReason.NO_SUCH_USER, "that is nobody's name"));
    }

    /** One cannot block who is neither here nor registered: a slip of the pen would go unnoticed. */
    private void refuseUnknown(Connection connection, UserName name) {
        if (!environment.loginServices().accounts().isRegistered(name)
                && connection.places().members().stream().allMatch(member -> isAbsent(member, name))) {
            throw new ChatException(
                    ErrorReason.NO_SUCH_USER, "nobody here goes by the name " + name + ", and no account");
        }
    }

    private static boolean isAbsent(Member member, UserName name) {
        return member.channel().roster().find(name).isEmpty();
    }
}
