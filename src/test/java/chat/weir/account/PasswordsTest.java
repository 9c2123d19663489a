package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final String RIGHT = "correct horse";
    private static final String EMOJI = "\ud83d\udc34";

    private final Passwords passwords = new Passwords(new HashCost(64, 1, 1));

    @AfterEach
    void close() {
        passwords.close();
    }

    private void assertRefused(String because, String password) {
        ErrorReply reply = assertThrows(ErrorReply.class, () -> passwords.hash(password));
        assertEquals(ErrorCode.MALFORMED, reply.code());
        assertTrue(reply.text().contains(because), reply.text());
    }

    private boolean isRight(String password, String hash) {
        return passwords.check(password, hash).isRight();
    }

    @Test
    void tellsTheRightPasswordFromAnother() {
        String hash = passwords.hash(RIGHT);
        assertTrue(isRight(RIGHT, hash));
        assertFalse(isRight("correct hors", hash));
        assertFalse(isRight("Correct horse", hash));
        assertFalse(isRight(RIGHT + " ", hash));
        assertFalse(isRight("", hash));
    }

    @Test
    void writesAlgorithmAndCostIntoTheHashAndSaltsIt() {
        String hash = passwords.hash(RIGHT);
        assertTrue(hash.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), hash);
        assertNotEquals(hash, passwords.hash(RIGHT));
    }

    /** From the test vectors of github.com/P-H-C/phc-winner-argon2. */
    @Test
    void knowsAHashOfTheReferenceImplementation() {
        String hash = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertTrue(isRight("password", hash));
        assertFalse(isRight("differentpassword", hash));
    }

    @Test
    void takesEightToTwoHundredCharacters() {
        assertRefused("too short", "");
        assertRefused("too short", "1234567");
        assertRefused("too short", EMOJI.repeat(7));
        passwords.refuseBad("12345678");
        passwords.refuseBad("        ");
        passwords.refuseBad(EMOJI.repeat(200));
        passwords.refuseBad("e\u0301".repeat(200));
        assertRefused("too short", "e\u0301".repeat(7));
        assertRefused("too long", "x".repeat(201));
        assertRefused("too long", EMOJI.repeat(201));
        assertRefused("too long", "x".repeat(1_000_000));
    }

    @Test
    void refusesHalvesOfSurrogatePairs() {
        assertRefused("surrogate", "12345678\ud83d");
        assertRefused("surrogate", "\udc3412345678");
        assertRefused("surrogate", "1234\udc34\ud83d5678");
        assertFalse(isRight("12345678\ud83d", passwords.hash("12345678?")));
    }

    @Test
    void givesTwoKeyboardsOnePassword() {
        String composed = "caf\u00e9 cr\u00e8me";
        String inPieces = "cafe\u0301 cre\u0300me";
        assertTrue(isRight(inPieces, passwords.hash(composed)));
        assertTrue(isRight(composed, passwords.hash(inPieces)));
        assertFalse(isRight("cafe creme", passwords.hash(composed)));
        assertFalse(isRight("\ufb01shing rod", passwords.hash("fishing rod")), "compatibility forms stay apart");
    }

    @Test
    void renewsARightPasswordsHashOfAnotherCost() {
        HashCost[] others = {new HashCost(128, 1, 1), new HashCost(64, 2, 1), new HashCost(64, 1, 2)};
        for (HashCost other : others) {
            try (Passwords yesterday = new Passwords(other)) {
                String old = yesterday.hash(RIGHT);
                Passwords.Verdict verdict = passwords.check(RIGHT, old);
                assertTrue(verdict.isRight(), other.toString());
                assertNotNull(verdict.renewed(), other.toString());
                assertTrue(verdict.renewed().contains("$m=64,t=1,p=1$"), verdict.renewed());
                assertTrue(isRight(RIGHT, verdict.renewed()));
                assertNull(passwords.check(RIGHT, verdict.renewed()).renewed(), "once is enough");
                assertNull(passwords.check("something else", old).renewed());
            }
        }
    }

    @Test
    void hashesOnceWhetherOrNotThereIsAnAccount() {
        String hash = passwords.hash(RIGHT);
        long before = passwords.hashed();
        assertFalse(isRight("something else", hash));
        assertEquals(before + 1, passwords.hashed());
        assertFalse(passwords.check(RIGHT, null).isRight());
        assertEquals(before + 2, passwords.hashed());
    }

    @Test
    void hashesNothingThatCannotBeAPassword() {
        assertFalse(passwords.check("x".repeat(201), null).isRight());
        assertFalse(passwords.check("12345678\ud83d", null).isRight());
        assertEquals(0, passwords.hashed());
    }

    @Test
    void refusesACostThatArgon2DoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> new HashCost(7, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HashCost(8, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new HashCost(8, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new HashCost(8, 1, 0));
    }
}
