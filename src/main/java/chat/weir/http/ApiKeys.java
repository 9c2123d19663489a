package chat.weir.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

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

    boolean contains(String key) {
        byte[] hash = hash(key);
        boolean isOne = false;
        for (byte[] other : hashes) {
            isOne |= MessageDigest.isEqual(hash, other);
        }
        return isOne;
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
