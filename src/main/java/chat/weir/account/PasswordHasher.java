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
 * Hashes passwords with Argon2id and checks them. A hash is in PHC format, with its cost and salt. Hashes with an
 * earlier cost remain valid, and are replaced at the next login.
 *
 * <p>A password is normalised to NFC (as in RFC 8265), so that composed and decomposed input give the same password.
 * Nothing else is changed, not even leading and trailing spaces.
 *
 * <p>With {@link HashCost#OWASP} a hash took 40 ms (median of 60, on one core of an AMD EPYC server; 260 ms before JIT
 * compilation). Memory use is one hash per thread of the pool, at most four, plus one per cost in use, which
 * password4j keeps as a blank: 95 MiB for one cost and four threads. Nothing is used before the first hash, so a server
 * without accounts does without.
 *
 * <p>Threading: safe. {@link #hash} and {@link #check} block on a thread of the pool.
 */
public final class PasswordHasher implements AutoCloseable {
    private static final int MIN_CODE_POINTS = 8;
    private static final int MAX_CODE_POINTS = 200;
    /** NFC never shrinks text by more than this factor, so longer input need not be normalised. */
    private static final int MAX_CHARS_BEFORE_NFC = MAX_CODE_POINTS * 4;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final HashCost cost;
    private final HashingPool pool;
    private final String dummyHash;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong hashed = new AtomicLong();

    /** Computes new hashes with this cost, on threads of its own. */
    public PasswordHasher(HashCost cost) {
        this(cost, HashingPool.forCores(Runtime.getRuntime().availableProcessors()));
    }

    PasswordHasher(HashCost cost, HashingPool pool) {
        this.cost = cost;
        this.pool = pool;
        this.dummyHash = createDummyHash();
    }

    /**
     * The result of a password check.
     *
     * @param renewed a hash of the same password with the current cost, if the password is right and its hash has
     *     another cost
     */
    record Verdict(boolean isRight, @Nullable String renewed) {}

    /** @throws ChatException 400 with the rule that a new password breaks */
    void validate(String password) {
        if (!isUnicode(password)) {
            throw malformed("the password is not valid Unicode: it contains an unpaired surrogate");
        }
        Optional<String> normalized = normalize(password);
        if (normalized.isEmpty()) {
            throw malformed("the password is too long: 8 to 200 characters are allowed");
        }
        if (codePoints(normalized.get()) < MIN_CODE_POINTS) {
            throw malformed("the password is too short: 8 to 200 characters are allowed");
        }
    }

    /** @throws ChatException 400 with the rule that the password breaks, or 503 if the pool is busy */
    String hash(String password) {
        validate(password);
        byte[] bytes = bytes(normalize(password).orElseThrow());
        return pool.run(() -> compute(bytes));
    }

    /**
     * Like {@link #hash}, but on the calling thread, however long it takes: for the start of the server, which must not
     * fail because the machine is busy.
     *
     * @throws ChatException 400 with the rule that the password breaks
     */
    String hashAtStart(String password) {
        validate(password);
        return compute(bytes(normalize(password).orElseThrow()));
    }

    /** Like {@link #check}, but on the calling thread, however long it takes. */
    Verdict checkAtStart(String password, String hash) {
        validate(password);
        return verdict(bytes(normalize(password).orElseThrow()), hash);
    }

    /**
     * Whether the password matches the hash. Without a hash, because the account does not exist, a dummy hash is
     * computed, so that the duration does not reveal that. (After the cost was raised, an account without a later
     * login still has a cheaper hash, and can be told apart.) A password that violates the rules is wrong without
     * hashing.
     *
     * @throws ChatException 503 if the pool is busy
     */
    Verdict check(String password, @Nullable String hash) {
        Optional<String> normalized = isUnicode(password) ? normalize(password) : Optional.empty();
        if (normalized.isEmpty()) {
            return new Verdict(false, null);
        }
        byte[] bytes = bytes(normalized.get());
        return pool.run(() -> verdict(bytes, hash == null ? dummyHash : hash));
    }

    private Verdict verdict(byte[] password, String hash) {
        Argon2Function asStored = Argon2Function.getInstanceFromHash(hash);
        hashed.incrementAndGet();
        if (!asStored.check(password, bytes(hash))) {
            return new Verdict(false, null);
        }
        return new Verdict(true, asStored.equals(function()) ? null : compute(password));
    }

    private String compute(byte[] password) {
        hashed.incrementAndGet();
        return function().hash(password, randomBytes(SALT_BYTES)).getResult();
    }

    /** The function with the current cost, which password4j creates and keeps when it is first asked for. */
    private Argon2Function function() {
        return Argon2Function.getInstance(
                cost.memoryKib(), cost.iterations(), cost.parallelism(), HASH_BYTES, Argon2.ID);
    }

    /** The number of hashes that were started. */
    long hashed() {
        return hashed.get();
    }

    /** Has the form and the cost of a hash, but random content: no password matches it. */
    private String createDummyHash() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=" + Argon2Function.ARGON2_VERSION_13 + "$m=" + cost.memoryKib() + ",t=" + cost.iterations()
                + ",p="
                + cost.parallelism() + "$" + base64.encodeToString(randomBytes(SALT_BYTES)) + "$"
                + base64.encodeToString(randomBytes(HASH_BYTES));
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Normalises to NFC; empty if the password is too long. */
    private static Optional<String> normalize(String password) {
        if (password.length() > MAX_CHARS_BEFORE_NFC) {
            return Optional.empty();
        }
        String normalized = Normalizer.normalize(password, Normalizer.Form.NFC);
        return codePoints(normalized) > MAX_CODE_POINTS ? Optional.empty() : Optional.of(normalized);
    }

    /** An unpaired surrogate has no UTF-8 form: it would be encoded as a question mark. */
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

    /** Rejects further work. */
    @Override
    public void close() {
        pool.close();
    }
}
