package chat.weir;

import chat.weir.channel.ChannelRegistry;
import chat.weir.enforcement.AccessControl;
import chat.weir.enforcement.BanSweep;
import chat.weir.enforcement.ChannelPeopleFinder;
import chat.weir.enforcement.RecentSenders;
import chat.weir.enforcement.SanctionEnforcer;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.moderation.Moderation;

/** Moderation, and what enforces it in the channels. */
record Enforcement(
        Moderation moderation,
        AccessControl accessControl,
        RecentSenders recentSenders,
        ChannelPeopleFinder people,
        SanctionTargets targets,
        BanSweep banSweep) {

    static Enforcement of(Storage storage, ChannelRegistry channels, Clocks clocks) {
        Moderation moderation = new Moderation(
                storage.database(), clocks.clock(), clocks.nanoTime(), new SanctionEnforcer(channels)::enforce);
        AccessControl accessControl =
                new AccessControl(moderation, storage.loginServices().logins());
        RecentSenders recentSenders = new RecentSenders(MemoryLimits.recentSenders(), clocks.nanoTime());
        ChannelPeopleFinder people = new ChannelPeopleFinder(channels, recentSenders);
        return new Enforcement(
                moderation,
                accessControl,
                recentSenders,
                people,
                new SanctionTargets(storage.loginServices().accounts(), moderation, people),
                new BanSweep(channels, moderation, accessControl));
    }
}
