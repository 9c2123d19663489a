package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** The browser's storage may contain invalid values, be full, or contain a later login. */
class RememberedIT extends ChatPage {
    @Test
    void ignoresInvalidValues() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            for (String rubbish : new String[] {"{}", "[null, 5, {\"id\": 5}]", "\"x\"", "{not"}) {
                alice.script(Object.class, """
                        sessionStorage['weir.open'] = arguments[0];
                        sessionStorage['weir.blocked'] = arguments[0];
                        """, rubbish);
                alice.reload();
                alice.awaitChat();
                alice.sees("#users .who", is("alice"));
            }
            alice.script(Object.class, "sessionStorage['weir.guest'] = '5'; localStorage['weir.login'] = '{}'");
            alice.reload();
            alice.awaits(() -> alice.isShown("#name"), is(true));
        }
    }

    @Test
    void allowsALoginIfTheStorageIsFull() {
        try (Visitor alice = Visitor.at(chat, "#fishing")) {
            alice.script(Object.class, "Storage.prototype.setItem = () => { throw new Error('full'); }");
            alice.enter("register", "alice", Chat.PASSWORD);
            alice.awaitChat();
            alice.sees("#my-kind", is("account"));
        }
    }

    @Test
    void keepsALaterLoginWhenAnEarlierOneEnds() {
        try (Visitor alice = Visitor.at(chat, "#fishing")) {
            alice.enter("register", "alice", Chat.PASSWORD);
            alice.awaitChat();
            alice.sees("#users .who", is("alice"));
            alice.script(Object.class, """
                    const { token } = JSON.parse(localStorage['weir.login']);
                    localStorage['weir.login'] = '{"user":"alice","token":"of another window"}';
                    fetch('api/sessions/current', { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
                    """);
            alice.sees("#notice", is("Your login has ended. Log in again."));
            alice.awaits(
                    () -> alice.script(String.class, "return localStorage['weir.login']"),
                    containsString("of another window"));
            alice.expects(".* 401 .*");
        }
    }
}
