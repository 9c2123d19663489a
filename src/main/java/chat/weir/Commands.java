package chat.weir;

import chat.weir.account.Accounts;
import chat.weir.channel.ChannelRegistry;
import chat.weir.command.BlockHandler;
import chat.weir.command.ChangeHandler;
import chat.weir.command.CommandTable;
import chat.weir.command.HistoryHandler;
import chat.weir.command.IdentityHandler;
import chat.weir.command.LivenessHandler;
import chat.weir.command.LoginServices;
import chat.weir.command.MembershipHandler;
import chat.weir.command.MessageHandler;
import chat.weir.command.ModerationHandler;
import chat.weir.command.PresenceHandler;
import chat.weir.command.PrivateChatHandler;
import chat.weir.command.ReadHandler;
import chat.weir.command.TestModeHandler;
import chat.weir.connection.ConnectionConfig;
import chat.weir.connection.JoinRecovery;
import chat.weir.connection.MissedMessages;
import chat.weir.enforcement.AccessControl;

/** Gives the handler of each group of commands what it needs. */
final class Commands {
    private Commands() {}

    static CommandTable table(
            ConnectionConfig config,
            Storage storage,
            ChannelRegistry channels,
            Enforcement enforcement,
            MissedMessages missedMessages) {
        LoginServices logins = storage.loginServices();
        Accounts accounts = logins.accounts();
        AccessControl accessControl = enforcement.accessControl();
        MembershipHandler memberships = new MembershipHandler(accounts, new JoinRecovery(missedMessages));
        ModerationHandler moderation = new ModerationHandler(accounts, enforcement.moderation(), enforcement.targets());
        return new CommandTable(
                new LivenessHandler(config.clock()),
                new IdentityHandler(logins, accessControl, storage.blocks(), memberships, config.requireAccount()),
                memberships,
                new MessageHandler(accessControl, enforcement.recentSenders(), config.nanoTime()),
                new HistoryHandler(storage.log(), config.maxReplayBytes()),
                new ChangeHandler(storage.log(), accessControl, moderation),
                new ReadHandler(storage.readPositions(), storage.log()),
                new PresenceHandler(accessControl),
                new PrivateChatHandler(accessControl, channels, accounts, logins.logins()),
                new BlockHandler(storage.blocks(), accounts, logins.logins()),
                moderation,
                new TestModeHandler(config.testMode(), config.nanoTime()));
    }
}
