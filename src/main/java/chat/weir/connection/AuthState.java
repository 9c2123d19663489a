package chat.weir.connection;

import chat.weir.channel.presence.UserIdentity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The authentication state of a connection. It advances with each heartbeat tick: a pending connection that has
 * answered its heartbeats through the grace is authenticated, one that was silent is anonymous again.
 */
sealed interface AuthState {

    /** The state after a tick at which the connection was not silent. */
    AuthState tick(long nowNanos, Duration grace);

    /** The state once a name has been granted. */
    AuthState named(UserIdentity identity, long nowNanos);

    default boolean isAuthenticated() {
        return false;
    }

    /** Who the client is under its name; null: it has none. */
    @Nullable
    UserIdentity identity();

    /**
     * Holds no name.
     *
     * @param silenced whether it lost a name since it answered no heartbeats
     */
    record Anonymous(boolean silenced) implements AuthState {
        @Override
        public @Nullable UserIdentity identity() {
            return null;
        }

        @Override
        public AuthState tick(long nowNanos, Duration grace) {
            return this;
        }

        @Override
        public AuthState named(UserIdentity identity, long nowNanos) {
            return new Pending(identity, nowNanos);
        }
    }

    /** Holds a name, and must answer heartbeats for a while before it may send messages. */
    record Pending(UserIdentity identity, long sinceNanos) implements AuthState {
        @Override
        public AuthState tick(long nowNanos, Duration grace) {
            return nowNanos - sinceNanos >= grace.toNanos() ? new Authenticated(identity) : this;
        }

        @Override
        public AuthState named(UserIdentity now, long nowNanos) {
            // A request for the same name must not restart the wait; one for another name must.
            boolean isSameName = now.name().key().equals(identity.name().key());
            return new Pending(now, isSameName ? sinceNanos : nowNanos);
        }
    }

    /** Holds a name and may send messages. */
    record Authenticated(UserIdentity identity) implements AuthState {
        @Override
        public AuthState tick(long nowNanos, Duration grace) {
            return this;
        }

        @Override
        public AuthState named(UserIdentity now, long nowNanos) {
            return new Authenticated(now);
        }

        @Override
        public boolean isAuthenticated() {
            return true;
        }
    }
}
