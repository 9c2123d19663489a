package chat.weir;

import chat.weir.channel.MemoryBudget;
import chat.weir.connection.ConnectionRules;
import chat.weir.http.HttpRules;
import chat.weir.metrics.Metrics;
import chat.weir.origin.AddressRange;
import chat.weir.origin.Origins;
import chat.weir.origin.TrustedProxies;
import chat.weir.settings.Settings;
import chat.weir.websocket.SocketSettings;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the settings mean to the rooms, none of which knows them. */
final class Rules {
    private static final Logger log = LoggerFactory.getLogger(Rules.class);

    private Rules() {}

    static ConnectionRules ofConnections(Settings settings, Time time) {
        return new ConnectionRules(
                settings.basePath(),
                settings.liveness().timeout(),
                settings.liveness().grace(),
                settings.limits().maxTextLength(),
                settings.limits().messageRate(),
                settings.limits().maxChannels(),
                settings.limits().maxQueuedBytes() / 2,
                settings.accounts().required(),
                settings.testMode(),
                time.clock(),
                time.nanoTime());
    }

    static HttpRules ofHttp(Settings settings) {
        return new HttpRules(
                settings.basePath(),
                settings.accounts().apiKeys(),
                settings.accounts().required(),
                settings.limits().maxTextLength(),
                new Origins(settings.admission().allowedOrigins()),
                new TrustedProxies(proxies(settings)));
    }

    private static List<AddressRange> proxies(Settings settings) {
        return settings.admission().trustedProxies().stream()
                .map(AddressRange::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static int maxConnections(Settings.Admission admission, DescriptorBudget descriptors) {
        int most = descriptors.connections();
        int asked = admission.maxConnections().orElse(most);
        if (asked > most) {
            log.warn(
                    "MAX_CONNECTIONS={} is more than {} allows: {} clients are let in; raise the limit (ulimit -n)",
                    asked,
                    descriptors,
                    most);
        }
        return Math.min(asked, most);
    }

    static SocketSettings ofSockets(
            Settings settings, Time time, MemoryBudget outgoing, MemoryBudget incoming, Metrics metrics) {
        Settings.Admission admission = settings.admission();
        return new SocketSettings(
                admission.allowedOrigins(),
                proxies(settings),
                maxConnections(admission, DescriptorBudget.ofProcess()),
                admission.maxConnectionsPerAddress(),
                settings.limits().maxFrameBytes(),
                settings.limits().maxQueuedBytes(),
                outgoing,
                incoming,
                settings.liveness().handshakeTimeout(),
                time.nanoTime(),
                metrics);
    }
}
