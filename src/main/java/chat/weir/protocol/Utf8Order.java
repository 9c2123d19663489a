package chat.weir.protocol;

import java.util.Comparator;

/**
 * Orders strings by their UTF-8 bytes, which is the order of code points and of the databases. Java's own order of
 * strings differs above U+FFFF.
 */
public final class Utf8Order {
    public static final Comparator<String> TEXTS = Utf8Order::compare;

    public static final Comparator<ChannelId> CHANNELS = Comparator.comparing(ChannelId::value, TEXTS);

    private Utf8Order() {}

    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char ofA = a.charAt(i);
            char ofB = b.charAt(i);
            if (ofA != ofB) {
                return Integer.compare(rank(ofA), rank(ofB));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Surrogates stand for code points above U+FFFF, so they sort after all other characters. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
    }
}
