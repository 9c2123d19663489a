package chat.weir.http;

import chat.weir.net.OriginPolicy;
import chat.weir.net.TrustedProxies;
import java.util.List;

/**
 * What an operator decides about the API and the web client.
 *
 * @param basePath empty, or a path below which everything is
 * @param apiKeys what backends prove themselves with; may be empty
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
    /** The longest request header, in bytes; the same for requests that ask for a WebSocket. */
    static final int MAX_HEADER_BYTES = 16 * 1024;

    static final int THREADS = 64;

    public HttpConfig {
        apiKeys = List.copyOf(apiKeys);
    }

    /** Without the keys, which must not get into a log by accident. */
    @Override
    public String toString() {
        return "HttpConfig[apiKeys=" + apiKeys.size() + ", requireAccount=" + requireAccount + "]";
    }
}
