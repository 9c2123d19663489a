package chat.weir.http;

import chat.weir.net.TrustedProxies;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each request on one line: at info level if it failed, otherwise at debug level. Omits the query, headers and
 * bodies, which may contain secrets.
 *
 * <p>Threading: safe.
 */
final class AccessLog implements RequestLog {
    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final int MAX_PATH_CHARS = 200;

    private final TrustedProxies proxies;

    AccessLog(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public void log(Request request, Response response) {
        int status = response.getStatus();
        if (status < 400 && !log.isDebugEnabled()) {
            return;
        }
        String line = "request method={} path={} status={} address={} bytes={} ms={}";
        Object[] values = {
            printable(request.getMethod()),
            printable(request.getHttpURI().getPath()),
            status,
            ClientAddress.of(request, proxies).getHostAddress(),
            Response.getContentBytesWritten(response),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime())
        };
        if (status < 400) {
            log.debug(line, values);
        } else {
            log.info(line, values);
        }
    }

    private static String printable(String text) {
        String ascii = text.replaceAll("[^!-~]", "?");
        return ascii.length() <= MAX_PATH_CHARS ? ascii : ascii.substring(0, MAX_PATH_CHARS) + "...";
    }
}
