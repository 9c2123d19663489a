package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.net.CidrRange;
import chat.weir.protocol.ChatException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressSharesTest {
    private final AddressShares shares = new AddressShares();

    private static InetAddress address(String text) {
        return CidrRange.parseAddress(text).orElseThrow();
    }

    @Test
    void limitsTheShareOfOneAddress() {
        for (int i = 0; i < AddressShares.SHARE; i++) {
            shares.enter(address("2001:db8::" + i));
        }
        assertThrows(ChatException.class, () -> shares.enter(address("2001:db8::ffff")));
        assertDoesNotThrow(() -> shares.enter(address("2001:db8:0:1::1")));
        shares.leave(address("2001:db8::1"));
        assertDoesNotThrow(() -> shares.enter(address("2001:db8::ffff")));
    }
}
