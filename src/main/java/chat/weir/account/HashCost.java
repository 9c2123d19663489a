package chat.weir.account;

/**
 * What one Argon2id hash costs whoever computes it, an attacker included.
 *
 * @param memoryKib in KiB; at least 8 for each lane
 */
public record HashCost(int memoryKib, int iterations, int parallelism) {

    /** 19 MiB, two passes, one lane: what OWASP's Password Storage Cheat Sheet asks for at least. */
    public static final HashCost OWASP = new HashCost(19 * 1024, 2, 1);

    public HashCost {
        if (iterations < 1 || parallelism < 1 || memoryKib < 8 * parallelism) {
            throw new IllegalArgumentException(
                    "no cost of Argon2: " + memoryKib + ", " + iterations + ", " + parallelism);
        }
    }
}
