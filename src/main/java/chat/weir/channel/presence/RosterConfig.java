package chat.weir.channel.presence;

import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** The configuration and services that the rosters of all channels share. */
public interface RosterConfig {
    /** Permits for the expiring entries of all channels together. */
    Semaphore entryPermits();

    /** The largest number of users that are listed by name. */
    int listLimit();

    /** Calls rosters in which a user is typing, or whose user lists have to be sent. */
    ChannelTicker ticker();

    /** Whether the server is stopping: the users who leave are not announced any more. */
    AtomicBoolean closing();

    /** The time of day. */
    Clock clock();

    /** A clock that is never set, in nanoseconds. */
    LongSupplier nanoTime();
}
