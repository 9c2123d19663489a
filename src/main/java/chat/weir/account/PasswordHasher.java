package chat.weir.account;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords by Argon2id and checks them. A hash is a text in PHC format that carries its own cost and salt, so
 * that hashes of an earlier cost are still checked, and renewed at their owner's next login.
 *
 * <p>A password is normalised to NFC first (as in RFC 8265): the same letters give the same password whether a keyboard
 * sends them composed or in pieces. Nothing else about it is changed, not even spaces at its ends.
 *
 * <p>With {@link HashCost#OWASP} a hash took 40 ms (median of 60, on one core of an AMD EPYC server; 260 ms while
 * the JVM had not compiled it yet). The memory in use is that of a hash for each thread of the pool, at
 * most four, and as much again once for each cost that is met, which password4j keeps as a blank: with one cost and four
 * threads 95 MiB.
 *
 * <p>Threading: safe. {@link #hash} and {@link #check} wait for a thread of the pool.
 */
public final class PasswordHasher implements AutoCloseable {
    private static final int MIN_CODE_POINTS = 8;
    private static final int MAX_CODE_POINTS = 200;
    /** Four UTF-16 units a code point is more than NFC ever shrinks; longer input is not worth normalising. */
    private static final int MAX_CHARS_BEFORE_NFC = MAX_CODE_POINTS * 4;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final HashCost cost;
    private final HashingPool pool;
    private final Argon2Function function;
    private final String nobodys;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong hashed = new AtomicLong();

    /** Hashes at this cost from now on, on threads of its own. */
    public PasswordHasher(HashCost cost) {
        this(cost, HashingPool.forCores(Runtime.getRuntime().availableProcessors()));
    }

    PasswordHasher(HashCost cost, HashingPool pool) {
        this.cost = cost;
        this.pool = pool;
        this.function = Argon2Function.getInstance(
                cost.memoryKib(), cost.iterations(), cost.parallelism(), HASH_BYTES, Argon2.ID);
        this.nobodys = hashOfNobody();
    }

    /**
     * What came of checking a password.
     *
     * @param renewed a hash of the same password at today's cost, if it is right and its hash had another cost
     */
    record Verdict(boolean isRight, @Nullable String renewed) {}

    /** @throws ChatException 400 with the rule that a new password breaks */
    void refuseBad(String password) {
        if (!isUnicode(password)) {
            throw malformed("the password is not Unicode text: it has half of a surrogate pair");
        }
        Optional<String> normal = normal(password);
        if (normal.isEmpty()) {
            throw malformed("the password is too long: 8 to 200 characters are allowed");
        }
        if (codePoints(normal.get()) < MIN_CODE_POINTS) {
            throw malformed("the password is too short: 8 to 200 characters are allowed");
        }
    }

    /** @throws ChatException 400 with the rule that is broken, or 503 if too many wait to be hashed */
    String hash(String password) {
        refuseBad(password);
        byte[] bytes = bytes(normal(password).orElseThrow());
        return pool.run(() -> compute(bytes));
    }

    /**
     * Whether a password is the one that was hashed. Without a hash, since there is no such account, one is computed
     * all the same, so that the time does not tell. (Between raising the cost and the next login to an account it does:
     * that account's hash is still the cheaper one.) A password that no account can have is wrong without a hash.
     *
     * @throws ChatException 503 if too many wait to be hashed
     */
    Verdict check(String password, @Nullable String hash) {
        Optional<String> normal = isUnicode(password) ? normal(password) : Optional.empty();
        if (normal.isEmpty()) {
            return new Verdict(false, null);
        }
        byte[] bytes = bytes(normal.get());
        return pool.run(() -> verdict(bytes, hash == null ? nobodys : hash));
    }

    private Verdict verdict(byte[] password, String hash) {
        Argon2Function asStored = Argon2Function.getInstanceFromHash(hash);
        hashed.incrementAndGet();
        if (!asStored.check(password, bytes(hash))) {
            return new Verdict(false, null);
        }
        return new Verdict(true, asStored.equals(function) ? null : compute(password));
    }

    private String compute(byte[] password) {
        hashed.incrementAndGet();
        return function.hash(password, randomBytes(SALT_BYTES)).getResult();
    }

    /** How many hashes have been begun. */
    long hashed() {
        return hashed.get();
    }

    /** Says that it is a hash, costs what one costs, and is random instead: no password is found for it. */
    private String hashOfNobody() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=" + function.getVersion() + "$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p="
                + cost.parallelism() + "$" + base64.encodeToString(randomBytes(SALT_BYTES)) + "$"
                + base64.encodeToString(randomBytes(HASH_BYTES));
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** In NFC; nothing if it is longer than any password. */
    private static Optional<String> normal(String password) {
        if (password.length() > MAX_CHARS_BEFORE_NFC) {
            return Optional.empty();
        }
        String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
        return codePoints(normal) > MAX_CODE_POINTS ? Optional.empty() : Optional.of(normal);
    }

    /** Half of a surrogate pair has no UTF-8: it and a question mark would be one password. */
    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ChatException malformed(String message) {
        return new ChatException(ErrorReason.INVALID_PASSWORD, message);
    }

    /** Nothing is hashed any more. */
    @Override
    public void close() {
        pool.close();
    }
}
