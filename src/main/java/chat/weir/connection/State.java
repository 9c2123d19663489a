package chat.weir.connection;

import chat.weir.protocol.UserName;
import java.time.Duration;

/**
 * Who a connection is to its channel. Time moves it on, a beat of the heart at a time: a pending connection that has
 * answered its heartbeats through the grace is authenticated, one that was silent is nobody again.
 */
sealed interface State {

    /** The state after a beat at which the connection was not silent. */
    State beat(long nowNanos, Duration grace);

    /** The state once a name has been granted. */
    State named(UserName name, long nowNanos);

    default boolean isAuthenticated() {
        return false;
    }

    /** Holds no name. */
    record Anonymous() implements State {
        @Override
        public State beat(long nowNanos, Duration grace) {
            return this;
        }

        @Override
        public State named(UserName name, long nowNanos) {
            return new Pending(name, nowNanos);
        }
    }

    /** Holds a name, and must show for a while that it is alive before it may speak under it. */
    record Pending(UserName name, long sinceNanos) implements State {
        @Override
        public State beat(long nowNanos, Duration grace) {
            return nowNanos - sinceNanos >= grace.toNanos() ? new Authenticated(name) : this;
        }

        @Override
        public State named(UserName newName, long nowNanos) {
            // Asking again for the same name must not begin the wait anew, another name must.
            return new Pending(newName, newName.key().equals(name.key()) ? sinceNanos : nowNanos);
        }
    }

    /** Holds a name and may speak. */
    record Authenticated(UserName name) implements State {
        @Override
        public State beat(long nowNanos, Duration grace) {
            return this;
        }

        @Override
        public State named(UserName newName, long nowNanos) {
            return new Authenticated(newName);
        }

        @Override
        public boolean isAuthenticated() {
            return true;
        }
    }
}
