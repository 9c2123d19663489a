package chat.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CidrRangeTest {
    private static InetAddress customer(String address) {
        return Network.of(CidrRange.parseAddress(address).orElseThrow());
    }

    @Test
    void countsA64AsOneAddress() {
        assertEquals(customer("2001:db8:0:1::1"), customer("2001:db8:0:1:ffff:ffff:ffff:ffff"));
        assertNotEquals(customer("2001:db8:0:1::1"), customer("2001:db8:0:2::1"));
    }

    @Test
    void readsNumericAddressesWithoutALookUp() {
        for (String literal : List.of("::1", "::", "2001:db8::1", "::ffff:192.0.2.1", "1::", "192.0.2.1")) {
            assertTrue(CidrRange.parseAddress(literal).isPresent(), literal);
        }
        for (String name : List.of(".:1", "localhost", "a.b", "1.2.3", "g::1", "", ":")) {
            assertTrue(CidrRange.parseAddress(name).isEmpty(), name);
        }
    }

    @Test
    void countsEachIpv4Address() {
        assertEquals(customer("192.0.2.1"), customer("::ffff:192.0.2.1"));
        assertNotEquals(customer("192.0.2.1"), customer("192.0.2.2"));
    }
}
