package chat.weir.connection;

import chat.weir.channel.Participant;
import chat.weir.history.Author;
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
    AuthState named(Author author, Participant participant, long nowNanos);

    default boolean isAuthenticated() {
        return false;
    }

    /** The holder of the name; null: there is none. */
    @Nullable
    Author author();

    /** The participant behind the name; null: there is none. */
    @Nullable
    Participant participant();

    /**
     * Holds no name.
     *
     * @param silenced whether it lost a name since it answered no heartbeats
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

    /** Holds a name, and must answer heartbeats for a while before it may send messages. */
    record Pending(Author author, Participant participant, long sinceNanos) implements AuthState {
        @Override
        public AuthState tick(long nowNanos, Duration grace) {
            return nowNanos - sinceNanos >= grace.toNanos() ? new Authenticated(author, participant) : this;
        }

        @Override
        public AuthState named(Author newAuthor, Participant newParticipant, long nowNanos) {
            // A request for the same name must not restart the wait; one for another name must.
            return new Pending(
                    newAuthor,
                    newParticipant,
                    newAuthor.name().key().equals(author.name().key()) ? sinceNanos : nowNanos);
        }
    }

    /** Holds a name and may send messages. */
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
