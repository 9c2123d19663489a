package chat.weir.connection;

import chat.weir.channel.Participant;
import chat.weir.history.Author;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The authentication state of a connection. It advances with each heartbeat tick: a pending connection that has
 * answered its heartbeats through the grace is authenticated, one that was silent is nobody again.
 */
sealed interface AuthState {

    /** The state after a tick at which the connection was not silent. */
    AuthState tick(long nowNanos, Duration grace);

    /** The state once a name has been granted. */
    AuthState named(Author author, Participant participant, long nowNanos);

    default boolean isAuthenticated() {
        return false;
    }

    /** Who holds the name; null if there is none. */
    @Nullable
    Author author();

    /** Who that is, under whatever name; null if there is no name. */
    @Nullable
    Participant participant();

    /**
     * Holds no name.
     *
     * @param silenced it had one, and lost it since it answered no heartbeats
     */
    record Anonymous(boolean silenced) implements AuthState {
        @Override
        public @Nullable Author author() {
            return null;
        }

        @Override
        public @Nullable Participant participant() {
            return null;
        }

        @Override
        public AuthState tick(long nowNanos, Duration grace) {
            return this;
        }

        @Override
        public AuthState named(Author author, Participant participant, long nowNanos) {
            return new Pending(author, participant, nowNanos);
        }
    }

    /** Holds a name, and must show for a while that it is alive before it may speak under it. */
    record Pending(Author author, Participant participant, long sinceNanos) implements AuthState {
        @Override
        public AuthState tick(long nowNanos, Duration grace) {
            return nowNanos - sinceNanos >= grace.toNanos() ? new Authenticated(author, participant) : this;
        }

        @Override
        public AuthState named(Author newAuthor, Participant newParticipant, long nowNanos) {
            // Asking again for the same name must not begin the wait anew, another name must.
            return new Pending(
                    newAuthor,
                    newParticipant,
                    newAuthor.name().key().equals(author.name().key()) ? sinceNanos : nowNanos);
        }
    }

    /** Holds a name and may speak. */
    record Authenticated(Author author, Participant participant) implements AuthState {
        @Override
        public AuthState tick(long nowNanos, Duration grace) {
            return this;
        }

        @Override
        public AuthState named(Author newAuthor, Participant newParticipant, long nowNanos) {
            return new Authenticated(newAuthor, newParticipant);
        }

        @Override
        public boolean isAuthenticated() {
            return true;
        }
    }
}
