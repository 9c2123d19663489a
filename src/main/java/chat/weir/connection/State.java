package chat.weir.connection;

import chat.weir.channel.Person;
import chat.weir.history.Author;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection is to its channel. Time moves it on, a beat of the heart at a time: a pending connection that has
 * answered its heartbeats through the grace is authenticated, one that was silent is nobody again.
 */
sealed interface State {

    /** The state after a beat at which the connection was not silent. */
    State beat(long nowNanos, Duration grace);

    /** The state once a name has been granted. */
    State named(Author author, Person person, long nowNanos);

    default boolean isAuthenticated() {
        return false;
    }

    /** Who holds the name; null if there is none. */
    @Nullable
    Author author();

    /** Who that is, under whatever name; null if there is no name. */
    @Nullable
    Person person();

    /**
     * Holds no name.
     *
     * @param silenced it had one, and lost it since it answered no heartbeats
     */
    record Anonymous(boolean silenced) implements State {
        @Override
        public @Nullable Author author() {
            return null;
        }

        @Override
        public @Nullable Person person() {
            return null;
        }

        @Override
        public State beat(long nowNanos, Duration grace) {
            return this;
        }

        @Override
        public State named(Author author, Person person, long nowNanos) {
            return new Pending(author, person, nowNanos);
        }
    }

    /** Holds a name, and must show for a while that it is alive before it may speak under it. */
    record Pending(Author author, Person person, long sinceNanos) implements State {
        @Override
        public State beat(long nowNanos, Duration grace) {
            return nowNanos - sinceNanos >= grace.toNanos() ? new Authenticated(author, person) : this;
        }

        @Override
        public State named(Author newAuthor, Person newPerson, long nowNanos) {
            // Asking again for the same name must not begin the wait anew, another name must.
            return new Pending(
                    newAuthor,
                    newPerson,
                    newAuthor.name().key().equals(author.name().key()) ? sinceNanos : nowNanos);
        }
    }

    /** Holds a name and may speak. */
    record Authenticated(Author author, Person person) implements State {
        @Override
        public State beat(long nowNanos, Duration grace) {
            return this;
        }

        @Override
        public State named(Author newAuthor, Person newPerson, long nowNanos) {
            return new Authenticated(newAuthor, newPerson);
        }

        @Override
        public boolean isAuthenticated() {
            return true;
        }
    }
}
