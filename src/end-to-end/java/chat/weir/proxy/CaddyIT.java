package chat.weir.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import org.junit.jupiter.api.Test;

class CaddyIT extends ProxyContract {
    @Override
    ProxyProcess proxy(ProxySetup setup) {
        return Caddy.start(setup);
    }

    @Test
    void redirectsToTls() {
        try (ProxiedWeir site = start();
                RawSocket plain = RawSocket.connect(site.plainPort())) {
            plain.send("GET /fishing?since=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String header = plain.readHeader();
            assertTrue(header.startsWith("HTTP/1.1 308 "), header);
            assertTrue(header.contains("\r\nLocation: https://localhost/fishing?since=1\r\n"), header);
        }
    }
}
