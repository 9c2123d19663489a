package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
    private static final String RIGHT = "correct horse";
    private static final String EMOJI = "\ud83d\udc34";

    private final PasswordHasher passwordHasher = new PasswordHasher(new HashCost(64, 1, 1));

    @AfterEach
    void close() {
        passwordHasher.close();
    }

    private void assertRefused(String because, String password) {
        ChatException reply = assertThrows(ChatException.class, () -> passwordHasher.hash(password));
        assertEquals(ErrorCode.MALFORMED, reply.code());
        assertTrue(reply.text().contains(because), reply.text());
    }

    private boolean isRight(String password, String hash) {
        return passwordHasher.check(password, hash).isRight();
    }

    @Test
    void verifiesPasswords() {
        String hash = passwordHasher.hash(RIGHT);
        assertTrue(isRight(RIGHT, hash));
        assertFalse(isRight("correct hors", hash));
        assertFalse(isRight("Correct horse", hash));
        assertFalse(isRight(RIGHT + " ", hash));
        assertFalse(isRight("", hash));
    }

    @Test
    void encodesAlgorithmCostAndSalt() {
        String hash = passwordHasher.hash(RIGHT);
        assertTrue(hash.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), hash);
        assertNotEquals(hash, passwordHasher.hash(RIGHT));
    }

    /** From the test vectors of github.com/P-H-C/phc-winner-argon2. */
    @Test
    void verifiesAHashOfTheReferenceImplementation() {
        String hash = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertTrue(isRight("password", hash));
        assertFalse(isRight("differentpassword", hash));
    }

    @Test
    void acceptsEightToTwoHundredCharacters() {
        assertRefused("too short", "");
        assertRefused("too short", "1234567");
        assertRefused("too short", EMOJI.repeat(7));
        passwordHasher.validate("12345678");
        passwordHasher.validate("        ");
        passwordHasher.validate(EMOJI.repeat(200));
        passwordHasher.validate("e\u0301".repeat(200));
        assertRefused("too short", "e\u0301".repeat(7));
        assertRefused("too long", "x".repeat(201));
        assertRefused("too long", EMOJI.repeat(201));
        assertRefused("too long", "x".repeat(1_000_000));
    }

    @Test
    void refusesUnpairedSurrogates() {
        assertRefused("surrogate", "12345678\ud83d");
        assertRefused("surrogate", "\udc3412345678");
        assertRefused("surrogate", "1234\udc34\ud83d5678");
        assertFalse(isRight("12345678\ud83d", passwordHasher.hash("12345678?")));
    }

    @Test
    void normalizesPasswords() {
        String composed = "caf\u00e9 cr\u00e8me";
        String inPieces = "cafe\u0301 cre\u0300me";
        assertTrue(isRight(inPieces, passwordHasher.hash(composed)));
        assertTrue(isRight(composed, passwordHasher.hash(inPieces)));
        assertFalse(isRight("cafe creme", passwordHasher.hash(composed)));
        assertFalse(isRight("\ufb01shing rod", passwordHasher.hash("fishing rod")), "compatibility forms are distinct");
    }

    @Test
    void rehashesACorrectPasswordWithTheCurrentCost() {
        HashCost[] others = {new HashCost(128, 1, 1), new HashCost(64, 2, 1), new HashCost(64, 1, 2)};
        for (HashCost other : others) {
            try (PasswordHasher yesterday = new PasswordHasher(other)) {
                String old = yesterday.hash(RIGHT);
                PasswordHasher.Verdict verdict = passwordHasher.check(RIGHT, old);
                assertTrue(verdict.isRight(), other.toString());
                assertNotNull(verdict.renewed(), other.toString());
                assertTrue(verdict.renewed().contains("$m=64,t=1,p=1$"), verdict.renewed());
                assertTrue(isRight(RIGHT, verdict.renewed()));
                assertNull(passwordHasher.check(RIGHT, verdict.renewed()).renewed(), "hashed once only");
                assertNull(passwordHasher.check("something else", old).renewed());
            }
        }
    }

    @Test
    void hashesOnceWhetherOrNotThereIsAnAccount() {
        String hash = passwordHasher.hash(RIGHT);
        long before = passwordHasher.hashed();
        assertFalse(isRight("something else", hash));
        assertEquals(before + 1, passwordHasher.hashed());
        assertFalse(passwordHasher.check(RIGHT, null).isRight());
        assertEquals(before + 2, passwordHasher.hashed());
    }

    @Test
    void doesNotHashInvalidPasswords() {
        assertFalse(passwordHasher.check("x".repeat(201), null).isRight());
        assertFalse(passwordHasher.check("12345678\ud83d", null).isRight());
        assertEquals(0, passwordHasher.hashed());
    }

    @Test
    void refusesAnInvalidCost() {
        assertThrows(IllegalArgumentException.class, () -> new HashCost(7, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HashCost(8, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new HashCost(8, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new HashCost(8, 1, 0));
    }
}
