package chat.weir.connection;

import chat.weir.account.Account;
import chat.weir.account.LoginSession;
import chat.weir.channel.Member;
import chat.weir.channel.NameClaim;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Auth;
import chat.weir.protocol.ClientEnvelope.Credentials;
import chat.weir.protocol.ClientEnvelope.Credentials.Password;
import chat.weir.protocol.ClientEnvelope.Credentials.Token;
import chat.weir.protocol.ClientEnvelope.Identity;
import chat.weir.protocol.ClientEnvelope.Logout;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Identity.Reason;
import chat.weir.protocol.UserName;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handles identification: a guest by a name that nobody else has, or an account by its password or a token. Both wait
 * for the database and run on a worker pool.
 *
 * <p>Threading: safe.
 */
final class IdentityHandler {
    private final Environment environment;
    private final MembershipHandler membershipHandler;

    IdentityHandler(Environment environment, MembershipHandler membershipHandler) {
        this.environment = environment;
        this.membershipHandler = membershipHandler;
    }

    void identify(Connection connection, Identity identity) {
        if (environment.config().requireAccount()) {
            throw new ChatException(
                    ErrorReason.ACCOUNT_REQUIRED, "this server takes accounts only: send auth instead of identity");
        }
        boolean isAccount = connection.identity().account() != Author.GUEST;
        // An account may have a name that nobody can choose any more.
        Optional<UserName> name = isAccount ? UserName.parse(identity.user()) : UserName.parseNew(identity.user());
        if (name.isEmpty()) {
            refuse(connection, identity, Reason.INVALID);
        } else if (isAccount) {
            keepAccountsName(connection, identity, name.get());
        } else if (environment.loginServices().accounts().isRegistered(name.get())) {
            refuse(connection, identity, Reason.REGISTERED);
        } else if (environment.accessControl().isBanned(connection, new Author(name.get(), Author.GUEST))) {
            refuse(connection, identity, Reason.BANNED);
        } else {
            refuseMuted(connection, name.get());
            connection.betweenTicks(() -> take(connection, identity, new Author(name.get(), Author.GUEST)));
            environment.accessControl().sendAwayIfBanned(connection);
        }
    }

    /** @throws ChatException 403 if the others, who are told of a new name, are not to read anything of this client */
    private void refuseMuted(Connection connection, UserName wanted) {
        Author now = connection.identity().authorOrNull();
        if (now != null) {
            environment.accessControl().refuseMutedRename(connection, now, wanted);
        }
        environment.accessControl().refuseMutedName(connection, new Author(wanted, Author.GUEST));
    }

    private static void take(Connection connection, Identity identity, Author author) {
        NameClaim.Result result = connection.identity().take(author, identity.resume());
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
        // First known as logged in, then looked at again: whoever ends the login meanwhile finds it in one of the two.
        environment.loginServices().open().add(account, proof.tokenHash(), connection);
        try {
            logIn(connection, auth, proof);
        } finally {
            // Whatever went wrong: an account whose connection is not its own would be online for ever.
            if (connection.identity().account() != account.id()) {
                environment.loginServices().open().remove(account.id(), connection);
            }
        }
    }

    private void logIn(Connection connection, Auth auth, Proof proof) {
        Account account = proof.account();
        if (!stillHolds(proof, auth.credentials())) {
            throw wrongCredentials(auth.credentials());
        }
        Author author = new Author(account.name(), account.id());
        environment.accessControl().refuseBanned(connection, author);
        environment.accessControl().refuseMutedName(connection, author);
        // Before he hears anything.
        Set<String> blocked = environment.blocks().of(account.id());
        Set<String> shared = shared(account.id(), blocked);
        connection.places().changeBlocked(names -> names.withAccount(shared));
        try {
            connection.betweenTicks(() -> become(connection, account, auth));
        } finally {
            // Also where the room that he asked for does not let him in: he is logged in all the same.
            environment.accessControl().sendAwayIfBanned(connection);
        }
    }

    /** The same set as another connection of the account has, if that is equal: there may be many, and long lists. */
    private Set<String> shared(long account, Set<String> blocked) {
        return environment.connectionsOf(account).stream()
                .map(other -> other.places().blockList().ofAccount())
                .filter(blocked::equals)
                .findFirst()
                .orElseGet(() -> Set.copyOf(blocked));
    }

    private void become(Connection connection, Account account, Auth auth) {
        if (!connection
                .identity()
                .take(new Author(account.name(), account.id()), null)
                .isGranted()) {
            // Only where the connection has ended meanwhile.
            throw new ChatException(ErrorReason.UNAVAILABLE, "the connection is ending");
        }
        connection.places().listen();
        answer(connection, new ServerEnvelope.Auth(account.name(), auth.ref()), auth.room());
    }

    /** By way of the room, if one is joined: its own answer comes that way, and is not to come first. */
    private void answer(Connection connection, ServerEnvelope.Auth done, @Nullable ChannelId room) {
        if (room == null || connection.places().isIn(room)) {
            connection.reply(done);
            return;
        }
        Member place;
        try {
            place = connection.places().join(room);
        } catch (ChatException e) {
            connection.reply(done);
            throw e;
        }
        connection.tell(place, done);
        membershipHandler.welcome(connection, place, done.ref());
    }

    /** Answered once it is done, and ahead of the heartbeat that says the same. */
    void logOut(Connection connection, Logout logout) {
        connection.betweenTicks(() -> {
            connection.identity().logOut();
            connection.reply(new ServerEnvelope.LoggedOut(logout.ref()));
        });
        environment.accessControl().sendAwayIfBanned(connection);
    }

    /** @param tokenHash null: by password */
    private record Proof(Account account, @Nullable String tokenHash) {}

    private Proof prove(Credentials credentials, String address) {
        if (credentials instanceof Password password) {
            return new Proof(
                    environment.loginServices().accounts().logIn(password.username(), password.password(), address),
                    null);
        }
        LoginSession session = environment
                .loginServices()
                .sessions()
                .find(((Token) credentials).token())
                .orElseThrow(() -> wrongCredentials(credentials));
        return new Proof(session.account(), session.tokenHash());
    }

    private boolean stillHolds(Proof proof, Credentials credentials) {
        return credentials instanceof Token token
                ? environment.loginServices().sessions().find(token.token()).isPresent()
                : environment.loginServices().accounts().isCurrent(proof.account());
    }

    private static ChatException wrongCredentials(Credentials credentials) {
        return new ChatException(
                credentials instanceof Token ? ErrorReason.INVALID_TOKEN : ErrorReason.WRONG_CREDENTIALS,
                credentials instanceof Token
                        ? "the token is unknown or has expired: log in again"
                        : "the name or the password is wrong");
    }
}
