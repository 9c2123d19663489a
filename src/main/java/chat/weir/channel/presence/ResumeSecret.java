package chat.weir.channel.presence;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The format of the secret with which a guest takes their name back: random bytes, then the {@link Participant#refOwner} of
 * the guest, which is the same in all their secrets. A server that was restarted knows no secrets, but it can read this
 * number.
 *
 * <p>Rejected: to store the secrets. That would be a write for each name that is taken, and a server that is not restarted
 * never reads them.
 *
 * <p>Threading: safe.
 */
final class ResumeSecret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 16;
    private static final int BYTES = RANDOM_BYTES + Long.BYTES;

    private ResumeSecret() {}

    static String random(long refOwner) {
        byte[] secret = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(secret);
        byte[] bytes = ByteBuffer.allocate(BYTES).put(secret).putLong(refOwner).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The number in a secret; empty if it is not one of this format. */
    static OptionalLong refOwner(@Nullable String secret) {
        if (secret == null) {
            return OptionalLong.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(secret);
            return bytes.length == BYTES
                    ? OptionalLong.of(ByteBuffer.wrap(bytes).getLong(RANDOM_BYTES))
                    : OptionalLong.empty();
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }
}
