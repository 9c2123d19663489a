package chat.weir.moderation.model;

import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.protocol.UserName;
import org.junit.jupiter.api.Test;

class ActorTest {
    @Test
    void cannotBeAGuestAndAnAdmin() {
        Subject guest = new Subject.OfGuest(UserName.parse("bob").orElseThrow(), null);
        assertThrows(IllegalArgumentException.class, () -> new Actor(guest, true));
    }
}
