package chat.weir;

import chat.weir.connection.ConnectionConfig;
import chat.weir.http.HttpConfig;
import chat.weir.http.HttpTimeouts;
import chat.weir.metrics.Metrics;
import chat.weir.net.CidrRange;
import chat.weir.net.OriginPolicy;
import chat.weir.net.TrustedProxies;
import chat.weir.settings.Settings;
import chat.weir.websocket.SocketConfig;
import chat.weir.worker.MemoryBudget;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derives the configuration of each package from the settings. The packages themselves do not depend on the settings.
 */
final class ServerConfig {
    private static final Logger log = LoggerFactory.getLogger(ServerConfig.class);

    private ServerConfig() {}

    static ConnectionConfig ofConnections(Settings settings, Clocks clocks) {
        return new ConnectionConfig(
                settings.basePath(),
                settings.liveness().timeout(),
                settings.liveness().grace(),
                settings.limits().maxTextLength(),
                settings.limits().messageRate(),
                settings.limits().maxChannels(),
                settings.limits().maxQueuedBytes() / 2,
                settings.accounts().required(),
                settings.testMode(),
                new MemoryBudget(MemoryLimits.parkedBytes()),
                clocks.clock(),
                clocks.nanoTime());
    }

    static HttpConfig ofHttp(Settings settings) {
        return new HttpConfig(
                settings.basePath(),
                settings.accounts().apiKeys(),
                settings.accounts().required(),
                settings.limits().maxTextLength(),
                new OriginPolicy(settings.admission().allowedOrigins()),
                new TrustedProxies(proxies(settings)),
                HttpTimeouts.DEFAULT);
    }

    private static List<CidrRange> proxies(Settings settings) {
        return settings.admission().trustedProxies().stream()
                .map(CidrRange::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static int maxConnections(Settings.Admission admission, DescriptorBudget descriptors) {
        int max = descriptors.connections();
        int requested = admission.maxConnections().orElse(max);
        if (requested > max) {
            log.warn(
                    "MAX_CONNECTIONS={} is more than {} allows; the maximum is {} connections; raise the limit (ulimit -n)",
                    requested,
                    descriptors,
                    max);
        }
        return Math.min(requested, max);
    }

    static SocketConfig ofSockets(
            Settings settings, Clocks clocks, MemoryBudget outgoing, MemoryBudget incoming, Metrics metrics) {
        Settings.Admission admission = settings.admission();
        return new SocketConfig(
                admission.allowedOrigins(),
                proxies(settings),
                maxConnections(admission, DescriptorBudget.ofProcess()),
                admission.maxConnectionsPerAddress(),
                settings.limits().maxFrameBytes(),
                settings.limits().maxQueuedBytes(),
                outgoing,
                incoming,
                settings.liveness().handshakeTimeout(),
                clocks.nanoTime(),
                metrics,
                () -> DescriptorBudget.ofProcess().free());
    }
}
