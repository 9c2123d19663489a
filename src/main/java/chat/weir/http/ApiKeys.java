package chat.weir.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.OptionalLong;

/**
 * The keys that backends prove themselves with. A key is compared by its hash, and with all of them, so that the time
 * it takes tells nothing about any.
 *
 * <p>Threading: immutable.
 */
final class ApiKeys {
    private final List<byte[]> hashes;

    ApiKeys(List<String> keys) {
        hashes = keys.stream().map(ApiKeys::hash).toList();
    }

    /** The beginning of a key's hash, by which it is told apart from the others; nothing if it is none of the keys. */
    OptionalLong find(String key) {
        byte[] hash = hash(key);
        boolean isOne = false;
        for (byte[] other : hashes) {
            isOne |= MessageDigest.isEqual(hash, other);
        }
        return isOne ? OptionalLong.of(ByteBuffer.wrap(hash).getLong()) : OptionalLong.empty();
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
