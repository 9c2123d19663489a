package chat.weir.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.account.BlockTable;
import chat.weir.account.LoginSessions;
import chat.weir.connection.JoinRecovery;
import chat.weir.enforcement.ChannelPeopleFinder;
import chat.weir.enforcement.RecentSenders;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.history.InMemoryMessageLog;
import chat.weir.history.MessageLog;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Ping;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandTableTest {
    private final ConnectionFixture room = new ConnectionFixture();

    @AfterEach
    void stop() {
        room.close();
    }

    private List<CommandTable.Group> groups() {
        Clock clock = room.time.clocks().clock();
        LongSupplier nanoTime = room.time.clocks().nanoTime();
        MessageLog log = new InMemoryMessageLog(clock, 1 << 20);
        BlockTable blocks = new BlockTable(room.database);
        RecentSenders recentSenders = new RecentSenders(100, nanoTime);
        MembershipHandler memberships = new MembershipHandler(room.accounts, new JoinRecovery(room.missedMessages));
        ModerationHandler moderation = new ModerationHandler(
                room.accounts,
                room.moderation,
                new SanctionTargets(
                        room.accounts, room.moderation, new ChannelPeopleFinder(room.channels, recentSenders)));
        LoginServices loginServices = new LoginServices(
                room.accounts, new LoginSessions(room.database, room.logins, clock, Duration.ofDays(30)), room.logins);
        return List.of(
                new LivenessHandler(clock),
                new IdentityHandler(loginServices, room.accessControl, blocks, memberships, false),
                memberships,
                new MessageHandler(room.accessControl, recentSenders, nanoTime),
                new HistoryHandler(log, 1 << 20),
                new ChangeHandler(log, room.accessControl, moderation),
                new ReadHandler(room.readPositions, log),
                new PresenceHandler(room.accessControl),
                new PrivateChatHandler(room.accessControl, room.channels, room.accounts, room.logins),
                new BlockHandler(blocks, room.accounts, room.logins),
                moderation,
                new TestModeHandler(true, nanoTime));
    }

    /** A second one would silently replace the first. */
    @Test
    void eachTypeIsHandledByOneGroup() {
        List<Class<?>> handled = new ArrayList<>();
        groups().forEach(group -> handled.addAll(new CommandTable(group).types()));
        List<Class<?>> once = handled.stream().distinct().toList();
        assertEquals(once, handled);
        assertEquals(Set.of(ClientEnvelope.class.getPermittedSubclasses()), Set.copyOf(handled));
    }

    @Test
    void findsTheCommandOfAnEnvelope() {
        Ping ping = new Ping("7");
        List<ClientEnvelope> handled = new ArrayList<>();
        CommandTable table = new CommandTable(commands -> commands.put(
                Ping.class,
                CommandTable.Lane.QUERY,
                (connection, envelope) -> handled.add(envelope),
                CommandTable.Trait.COSTLY));
        CommandTable.Command command = table.of(ping);
        assertEquals(CommandTable.Lane.QUERY, command.lane());
        assertTrue(command.isLimited());
        command.handler()
                .handle(
                        room.connectionFactory
                                .open(new TestTransport(), "/fishing")
                                .orElseThrow(),
                        ping);
        assertEquals(List.of(ping), handled);
    }

    @Test
    void refusesAnEnvelopeWithoutACommand() {
        CommandTable table = new CommandTable();
        assertThrows(IllegalStateException.class, () -> table.of(new Ping(null)));
    }
}
