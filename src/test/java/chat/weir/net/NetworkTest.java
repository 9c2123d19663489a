package chat.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:DB8:1:2::, 2001:db8:1:2:0:0:0:0/64",
        "2001:0db8:0001:0002:ffff:ffff:ffff:ffff, 2001:db8:1:2:0:0:0:0/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64"
    })
    void isTheSlash64ForIpv6AndTheAddressForIpv4(String address, String network) {
        assertEquals(network, Network.of(address));
    }

    @Test
    void distinguishesNeighbouringNetworks() {
        assertNotEquals(Network.of("2001:db8:1:2::1"), Network.of("2001:db8:1:3::1"));
        assertNotEquals(Network.of("192.0.2.1"), Network.of("192.0.2.2"));
    }

    /** A lookup would resolve {@code localhost}. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", ".:1", ":::", "1:2", "f.:1", "unknown", "", "1.2", "%"})
    void doesNotResolveNames(String text) {
        assertEquals(text, Network.of(text));
    }

    @Test
    void replacesSpaces() {
        assertEquals("a_b", Network.of(" A b "));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2::, 2001:db8:1:2:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:0"
    })
    void ofAnInetAddressIsTheFirstOfItsSlash64(String address, String network) throws UnknownHostException {
        assertEquals(network, Network.of(InetAddress.getByName(address)).getHostAddress());
    }

    @Test
    void ofAnInetAddressHasNoZone() throws UnknownHostException {
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
        InetAddress inZone = Inet6Address.getByAddress(null, linkLocal, 7);
        assertEquals("fe80:0:0:0:0:0:0:1%7", inZone.getHostAddress());
        assertEquals("fe80:0:0:0:0:0:0:0", Network.of(inZone).getHostAddress());
    }

    /** Connection limits use InetAddresses, and bans use texts. */
    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "2001:db8:1:2::1, 2001:db8:1:2::2", "2001:db8:1:2::1, 2001:db8:1:3::1"})
    void isTheSameForTextsAndInetAddresses(String one, String other) throws UnknownHostException {
        assertEquals(
                Network.of(one).equals(Network.of(other)),
                Network.of(InetAddress.getByName(one)).equals(Network.of(InetAddress.getByName(other))));
    }
}
