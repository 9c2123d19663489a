package chat.weir.command;

import chat.weir.account.Account;
import chat.weir.account.BlockTable;
import chat.weir.account.LoginRegistry;
import chat.weir.account.LoginSession;
import chat.weir.channel.Member;
import chat.weir.channel.presence.NameClaim;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.enforcement.AccessControl;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Auth;
import chat.weir.protocol.ClientEnvelope.Identity;
import chat.weir.protocol.ClientEnvelope.Logout;
import chat.weir.protocol.Credentials;
import chat.weir.protocol.Credentials.Password;
import chat.weir.protocol.Credentials.Token;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Identity.Reason;
import chat.weir.protocol.UserName;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handles identification: a guest by a free name, or an account by its password or a token. Both wait for the database
 * and run on a worker pool.
 *
 * <p>Threading: safe.
 */
public final class IdentityHandler implements CommandTable.Group {
    private final LoginServices loginServices;
    private final AccessControl accessControl;
    private final BlockTable blocks;
    private final MembershipHandler membershipHandler;
    private final boolean requireAccount;

    /** @param requireAccount whether guests may take names */
    public IdentityHandler(
            LoginServices loginServices,
            AccessControl accessControl,
            BlockTable blocks,
            MembershipHandler membershipHandler,
            boolean requireAccount) {
        this.loginServices = loginServices;
        this.accessControl = accessControl;
        this.blocks = blocks;
        this.membershipHandler = membershipHandler;
        this.requireAccount = requireAccount;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(Identity.class, Lane.QUERY, this::identify, Trait.BEFORE_LOGIN, Trait.NOTICED_IN_ALL_CHANNELS);
        table.put(Auth.class, Lane.LOGIN, this::logIn, Trait.BEFORE_LOGIN);
        table.put(Logout.class, Lane.NONE, this::logOut, Trait.NOTICED_IN_ALL_CHANNELS);
    }

    void identify(Connection connection, Identity identity) {
        if (requireAccount) {
            throw new ChatException(
                    ErrorReason.ACCOUNT_REQUIRED, "this server takes accounts only: send auth instead of identity");
        }
        boolean isAccount = connection.identity().account() != Author.GUEST;
        // An account may have a name that is not valid for new users.
        Optional<UserName> name = isAccount ? UserName.parse(identity.user()) : UserName.parseNew(identity.user());
        if (name.isEmpty()) {
            refuse(connection, identity, Reason.INVALID);
        } else if (isAccount) {
            keepAccountsName(connection, identity, name.get());
        } else if (loginServices.accounts().isRegistered(name.get())) {
            refuse(connection, identity, Reason.REGISTERED);
        } else if (accessControl.isBanned(connection.memberships().all(), new Author(name.get(), Author.GUEST))) {
            refuse(connection, identity, Reason.BANNED);
        } else {
            requireMayTake(connection, name.get());
            connection.betweenTicks(() -> take(connection, identity, new Author(name.get(), Author.GUEST)));
            connection.leaveBanned();
        }
    }

    /** @throws ChatException 403 if the client is muted, since a new name is announced to others */
    private void requireMayTake(Connection connection, UserName wanted) {
        Author now = connection.identity().authorOrNull();
        if (now != null) {
            accessControl.requireMayRename(connection.memberships().all(), now, wanted);
        }
        accessControl.requireMayAnnounce(connection.memberships().all(), new Author(wanted, Author.GUEST));
    }

    private static void take(Connection connection, Identity identity, Author author) {
        NameClaim.Result result = connection.identity().takeName(author, identity.resume());
        connection.reply(
                new ServerEnvelope.Identity(result.isGranted() ? null : Reason.TAKEN, result.secret(), identity.ref()));
    }

    private static void keepAccountsName(Connection connection, Identity identity, UserName name) {
        String held = connection.identity().author().name().key();
        if (!held.equals(name.key())) {
            throw new ChatException(
                    ErrorReason.ALREADY_LOGGED_IN, "you are logged in to an account, which has one name");
        }
        connection.reply(new ServerEnvelope.Identity(null, null, identity.ref()));
    }

    private static void refuse(Connection connection, Identity identity, Reason reason) {
        connection.reply(new ServerEnvelope.Identity(reason, null, identity.ref()));
    }

    void logIn(Connection connection, Auth auth) {
        if (connection.identity().account() != Author.GUEST) {
            throw new ChatException(ErrorReason.ALREADY_LOGGED_IN, "you are logged in already");
        }
        Proof proof = prove(auth.credentials(), connection.transport().address());
        Account account = proof.account();
        // Register first, then check again: a login that ends meanwhile is found by one of the two.
        LoginRegistry<Connection>.Registration registration =
                loginServices.logins().add(account, proof.tokenHash(), connection);
        try {
            logIn(connection, auth, proof, registration);
        } finally {
            // After any failure: otherwise the account would stay online.
            if (connection.identity().account() != account.id()) {
                registration.close();
            }
        }
    }

    private void logIn(
            Connection connection, Auth auth, Proof proof, LoginRegistry<Connection>.Registration registration) {
        Account account = proof.account();
        if (!stillHolds(proof, auth.credentials())) {
            throw wrongCredentials(auth.credentials());
        }
        Author author = new Author(account.name(), account.id());
        accessControl.requireNotBanned(connection.memberships().all(), author);
        accessControl.requireMayAnnounce(connection.memberships().all(), author);
        // Before anything is delivered.
        Set<String> blocked = blocks.of(account.id());
        Set<String> shared = shared(account.id(), blocked);
        connection.memberships().changeBlocked(names -> names.withAccount(shared));
        try {
            connection.betweenTicks(() -> become(connection, account, auth, registration));
        } finally {
            // Also if the requested channel refuses the client, which is logged in all the same.
            connection.leaveBanned();
        }
    }

    /** Returns the equal set of another connection of the account, to save memory. */
    private Set<String> shared(long account, Set<String> blocked) {
        return loginServices.logins().sockets(account).stream()
                .map(other -> other.memberships().blocked().ofAccount())
                .filter(blocked::equals)
                .findFirst()
                .orElseGet(() -> Set.copyOf(blocked));
    }

    private void become(
            Connection connection, Account account, Auth auth, LoginRegistry<Connection>.Registration registration) {
        if (!connection
                .identity()
                .logIn(new Author(account.name(), account.id()), registration)
                .isGranted()) {
            // Only if the connection has ended meanwhile.
            throw new ChatException(ErrorReason.UNAVAILABLE, "the connection is ending");
        }
        connection.memberships().listen();
        answer(connection, new ServerEnvelope.Auth(account.name(), auth.ref()), auth.room());
    }

    /** Replies through the joined channel, if any, so that the channel's own greeting does not come first. */
    private void answer(Connection connection, ServerEnvelope.Auth done, @Nullable ChannelId room) {
        if (room == null || connection.memberships().isIn(room)) {
            connection.reply(done);
            return;
        }
        Member place;
        try {
            place = connection.identity().join(room);
        } catch (ChatException e) {
            connection.reply(done);
            throw e;
        }
        place.channel().send(place, done);
        membershipHandler.welcome(connection, place, done.ref());
    }

    /** Replies when it is done, ahead of the heartbeat that says the same. */
    void logOut(Connection connection, Logout logout) {
        connection.betweenTicks(() -> {
            connection.identity().logOut();
            connection.reply(new ServerEnvelope.LoggedOut(logout.ref()));
        });
        connection.leaveBanned();
    }

    /** @param tokenHash null: by password */
    private record Proof(Account account, @Nullable String tokenHash) {}

    private Proof prove(Credentials credentials, String address) {
        if (credentials instanceof Password password) {
            return new Proof(loginServices.accounts().logIn(password.username(), password.password(), address), null);
        }
        LoginSession session = loginServices
                .sessions()
                .find(((Token) credentials).token())
                .orElseThrow(() -> wrongCredentials(credentials));
        return new Proof(session.account(), session.tokenHash());
    }

    private boolean stillHolds(Proof proof, Credentials credentials) {
        return credentials instanceof Token token
                ? loginServices.sessions().find(token.token()).isPresent()
                : loginServices.accounts().isCurrent(proof.account());
    }

    private static ChatException wrongCredentials(Credentials credentials) {
        return new ChatException(
                credentials instanceof Token ? ErrorReason.INVALID_TOKEN : ErrorReason.WRONG_CREDENTIALS,
                credentials instanceof Token
                        ? "the token is unknown or has expired: log in again"
                        : "the name or the password is wrong");
    }
}
