package chat.weir.connection;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.DisconnectException;
import chat.weir.worker.RateLimiter;

/**
 * The rate limits of one connection. Too many messages, or envelopes of any kind, get 429; a client that continues,
 * or keeps sending malformed envelopes, is disconnected with 4009: after {@value #FAULTS} faults at once, or more than one a second
 * for long.
 *
 * <p>Threading: guarded by this.
 */
public final class ConnectionRateLimits {
    static final int FAULTS = 60;
    /** Envelopes of all types together may be this many times as frequent as messages. */
    private static final int ENVELOPES_PER_MESSAGE = 10;

    private static final RateLimiter FAULT_LIMIT = RateLimiter.perSecond(1, FAULTS);

    private final RateLimiter.Meter messages;
    private final RateLimiter.Meter commands;
    private final RateLimiter.Meter envelopes;
    private final RateLimiter.Meter faults;

    ConnectionRateLimits(int messageRate, long nowNanos) {
        int envelopeRate = messageRate * ENVELOPES_PER_MESSAGE;
        this.messages = new RateLimiter.Meter(RateLimiter.perSecond(messageRate, 2 * messageRate), nowNanos);
        this.commands = new RateLimiter.Meter(RateLimiter.perSecond(messageRate, 2 * messageRate), nowNanos);
        this.envelopes = new RateLimiter.Meter(RateLimiter.perSecond(envelopeRate, 2 * envelopeRate), nowNanos);
        this.faults = new RateLimiter.Meter(FAULT_LIMIT, nowNanos);
    }

    /** Counts an envelope of any kind, or a ping. */
    public synchronized void envelope(long nowNanos) {
        refuse(envelopes.take(nowNanos), "envelopes");
    }

    /** Counts a message. */
    public synchronized void message(long nowNanos) {
        refuse(messages.take(nowNanos), "messages");
    }

    /**
     * Counts a command other than a message that others notice or that is costly: joining, leaving, another name, typing,
     * a list.
     *
     * @param channels in which it is noticed
     */
    public synchronized void command(int channels, long nowNanos) {
        refuse(commands.take(channels, nowNanos), "changes");
    }

    /** Resets all counts. */
    public synchronized void reset(long nowNanos) {
        messages.reset(nowNanos);
        commands.reset(nowNanos);
        envelopes.reset(nowNanos);
        faults.reset(nowNanos);
    }

    /** Counts an error that the client could have avoided. */
    public synchronized void fault(ErrorCode code, long nowNanos) {
        boolean avoidable =
                code == ErrorCode.MALFORMED || code == ErrorCode.TOO_MANY || code == ErrorCode.TEXT_TOO_LONG;
        if (avoidable && faults.take(nowNanos) > 0) {
            throw new DisconnectException(CloseCode.TOO_MANY_ERRORS, "too many malformed or over-limit envelopes");
        }
    }

    private static void refuse(long waitNanos, String what) {
        if (waitNanos > 0) {
            long millis = (waitNanos + 999_999) / 1_000_000;
            throw ChatException.tooMany("too many " + what + ": wait " + millis + " ms", millis);
        }
    }
}
