package chat.weir.account;

/**
 * The cost of computing one Argon2id hash, for the server as for an attacker.
 *
 * @param memoryKib in KiB; at least 8 per lane
 */
public record HashCost(int memoryKib, int iterations, int parallelism) {

    /** 19 MiB, two passes, one lane: the minimum that OWASP's Password Storage Cheat Sheet recommends. */
    public static final HashCost OWASP = new HashCost(19 * 1024, 2, 1);

    public HashCost {
        if (iterations < 1 || parallelism < 1 || memoryKib < 8 * parallelism) {
            throw new IllegalArgumentException(
                    "invalid Argon2 cost: " + memoryKib + ", " + iterations + ", " + parallelism);
        }
    }
}
