package chat.weir.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressRangeTest {
    private static InetAddress customer(String address) {
        return AddressRange.customer(AddressRange.parseAddress(address).orElseThrow());
    }

    @Test
    void countsA64AsOneAddress() {
        assertEquals(customer("2001:db8:0:1::1"), customer("2001:db8:0:1:ffff:ffff:ffff:ffff"));
        assertNotEquals(customer("2001:db8:0:1::1"), customer("2001:db8:0:2::1"));
    }

    @Test
    void countsEachAddressOfTheOlderKind() {
        assertEquals(customer("192.0.2.1"), customer("::ffff:192.0.2.1"));
        assertNotEquals(customer("192.0.2.1"), customer("192.0.2.2"));
    }
}
