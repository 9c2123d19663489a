package chat.weir.http;

import chat.weir.net.OriginPolicy;
import chat.weir.net.TrustedProxies;
import java.util.List;

/**
 * The configuration of the HTTP API and the web client.
 *
 * @param basePath empty, or the common prefix of all paths
 * @param apiKeys the keys of backends; may be empty
 * @param requireAccount whether reading needs a login or an API key
 * @param maxTextLength of a message, in code points
 */
public record HttpConfig(
        String basePath,
        List<String> apiKeys,
        boolean requireAccount,
        int maxTextLength,
        OriginPolicy originPolicy,
        TrustedProxies proxies,
        HttpTimeouts timeouts) {
    /** The maximum size of a request header; also for WebSocket upgrades. */
    static final int MAX_HEADER_BYTES = 16 * 1024;

    static final int THREADS = 64;

    public HttpConfig {
        apiKeys = List.copyOf(apiKeys);
    }

    /** Omits the keys, so that they cannot get into a log by accident. */
    @Override
    public String toString() {
        return "HttpConfig[apiKeys=" + apiKeys.size() + ", requireAccount=" + requireAccount + "]";
    }
}
