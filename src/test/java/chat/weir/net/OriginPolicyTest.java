package chat.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
    private static OriginPolicy of(String... allowed) {
        return new OriginPolicy(List.of(allowed));
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_chat, my_chat",
        "http://my_chat:8081, my_chat:8080",
        "http://chat.3com, chat.3com:8080",
        "http://10.0.0.7:8081, 10.0.0.7",
        "http://4pc:8081, 4pc:8080",
        "http://-x-, -x-",
        "http://[::1]:8081, [::1]:8080",
        "http://[FE80::1], [fe80::1]:80",
        "https://CHAT.example, chat.EXAMPLE:443",
        "http://chat.example., chat.example.:8080",
        "https://xn--bcher-kva.example, xn--bcher-kva.example",
        "http://localhost, localhost",
    })
    void allowsTheSameHostWhateverIsListed(String origin, String host) {
        assertTrue(of().allows(origin, host));
        assertTrue(of("https://elsewhere.example").allows(origin, host));
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, chat.example",
        "http://chat.example.evil.example, chat.example",
        "http://evil.example:80@chat.example, chat.example",
        "http://chat.example@evil.example, chat.example",
        "http://chat.example:80:80, chat.example",
        "http://chat.example:x, chat.example",
        "http://chat.example/path, chat.example",
        "http://, ''",
        "http://:80, ':80'",
        "null, null",
        "file://, ''",
        "chat.example, chat.example",
        "http://[::1, [::1",
        "http://[::1]x, [::1]x",
        "http://a b, a b",
    })
    void refusesOtherHosts(String origin, String host) {
        assertFalse(of().allows(origin, host));
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.example:443, https://x.example, true",
        "https://x.example, https://x.example:443, true",
        "http://x.example:80, http://x.example, true",
        "http://x.example:443, http://x.example, false",
        "https://x.example, http://x.example, false",
        "https://x.example, https://x.example:8443, false",
        "https://x.example:8443, https://x.example:8443, true",
        "HTTPS://X.example, https://x.EXAMPLE, true",
        "https://my_chat:443, https://my_chat, true",
        "https://[2001:DB8::1]:443, https://[2001:db8::1], true",
        "https://b\u00fccher.example, https://xn--bcher-kva.example, true",
        "https://b\u00fccher.example:8443, https://xn--bcher-kva.example:8443, true",
        "null, null, true",
        "file://, file://, true",
        "null, file://, false",
        "app://localhost, app://localhost, true",
        "chrome-extension://abc, chrome-extension://abc, true",
        "*, http://anything, true",
        "*, null, true",
    })
    void comparesWithTheListInBrowserNotation(String listed, String origin, boolean allowed) {
        assertEquals(
                allowed, of(listed).allows(origin, "server.example"), Arrays.toString(new String[] {listed, origin}));
    }

    @Test
    void allowsClientsWithoutAnOrigin() {
        assertTrue(of("https://x.example").allows("", "server.example"));
    }
}
