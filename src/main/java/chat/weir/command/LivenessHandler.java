package chat.weir.command;

import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.protocol.ClientEnvelope.Heartbeat;
import chat.weir.protocol.ClientEnvelope.Ping;
import chat.weir.protocol.ServerEnvelope.Pong;
import java.time.Clock;

/**
 * Handles heartbeats and pings.
 *
 * <p>Threading: safe.
 *
 * @param clock the time of day
 */
public record LivenessHandler(Clock clock) implements CommandTable.Group {
    @Override
    public void addTo(CommandTable table) {
        table.put(Heartbeat.class, Lane.NONE, Connection::replyDone, Trait.BEFORE_LOGIN);
        table.put(Ping.class, Lane.NONE, this::ping, Trait.BEFORE_LOGIN);
    }

    private void ping(Connection connection, Ping ping) {
        long now = clock.instant().getEpochSecond();
        connection.reply(new Pong(connection.id(), now, ping.ref()));
    }
}
