package chat.weir.command;

import chat.weir.account.Accounts;
import chat.weir.account.BlockTable;
import chat.weir.account.LoginRegistry;
import chat.weir.channel.Member;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.history.Author;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Block;
import chat.weir.protocol.ClientEnvelope.Unblock;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.util.Set;

/**
 * Blocks and unblocks users for a client. What an account blocks is kept and holds on all its connections; what a guest
 * blocks, until the connection ends or logs out.
 *
 * <p>Threading: safe. Both wait for the database and run on a worker pool.
 */
public final class BlockHandler implements CommandTable.Group {
    private final BlockTable blocks;
    private final Accounts accounts;
    private final LoginRegistry<Connection> logins;

    public BlockHandler(BlockTable blocks, Accounts accounts, LoginRegistry<Connection> logins) {
        this.blocks = blocks;
        this.accounts = accounts;
        this.logins = logins;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(Block.class, Lane.QUERY, this::block, Trait.COSTLY);
        table.put(Unblock.class, Lane.QUERY, this::unblock, Trait.COSTLY);
    }

    private void block(Connection connection, Block block) {
        Author author = connection.identity().author();
        UserName name = name(block.user());
        if (name.key().equals(author.name().key())) {
            throw new ChatException(ErrorReason.SELF, "you cannot block yourself");
        }
        requireKnown(connection, name);
        if (author.account() == Author.GUEST) {
            Set<String> blocked = connection.memberships().blocked().all();
            if (!blocked.contains(name.key())) {
                BlockTable.checkCount(blocked.size());
            }
            connection.memberships().changeBlocked(names -> names.with(name.key()));
        } else {
            blocks.add(author.account(), name);
            tellAllConnections(author.account());
        }
        connection.replyDone(block);
    }

    private void unblock(Connection connection, Unblock unblock) {
        Author author = connection.identity().author();
        UserName name = name(unblock.user());
        if (!connection.memberships().blocked().all().contains(name.key())) {
            throw new ChatException(ErrorReason.NOT_FOUND, "you have not blocked " + name);
        }
        if (author.account() == Author.GUEST) {
            connection.memberships().changeBlocked(names -> names.without(name.key()));
        } else {
            blocks.remove(author.account(), name);
            logins.sockets(author.account())
                    .forEach(one -> one.memberships().changeBlocked(names -> names.withoutAsGuest(name.key())));
            tellAllConnections(author.account());
        }
        connection.replyDone(unblock);
    }

    /** All connections of the account share the set. */
    private void tellAllConnections(long account) {
        Set<String> blocked = Set.copyOf(blocks.of(account));
        logins.sockets(account)
                .forEach(connection -> connection.memberships().changeBlocked(names -> names.withAccount(blocked)));
    }

    private static UserName name(String user) {
        return UserName.parse(user)
                .orElseThrow(() -> new ChatException(ErrorReason.NO_SUCH_USER, "that is not a valid name"));
    }

    /** Refuses names that are neither present nor registered, so that a typing error is noticed. */
    private void requireKnown(Connection connection, UserName name) {
        if (!accounts.isRegistered(name)
                && connection.memberships().all().stream().allMatch(member -> isAbsent(member, name))) {
            throw new ChatException(ErrorReason.NO_SUCH_USER, "no user here and no account has the name " + name);
        }
    }

    private static boolean isAbsent(Member member, UserName name) {
        return member.channel().roster().find(name).isEmpty();
    }
}
