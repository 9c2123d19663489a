package chat.weir.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.OptionalLong;

/**
 * The API keys of backends. Compares a key's hash with those of all valid keys, so that the duration reveals nothing.
 *
 * <p>Threading: immutable.
 */
final class ApiKeys {
    private final List<byte[]> hashes;

    ApiKeys(List<String> keys) {
        hashes = keys.stream().map(ApiKeys::hash).toList();
    }

    /** Identifies a key by the first bytes of its hash; empty if it is not a valid key. */
    OptionalLong find(String key) {
        byte[] hash = hash(key);
        boolean isValid = false;
        for (byte[] other : hashes) {
            isValid |= MessageDigest.isEqual(hash, other);
        }
        return isValid ? OptionalLong.of(ByteBuffer.wrap(hash).getLong()) : OptionalLong.empty();
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
