package chat.weir.protocol.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Validates UTF-8. Checks ASCII eight bytes at a time, and leaves the rest to the JDK's decoder. */
public final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8Validator() {}

    /** Whether the first {@code length} bytes are valid UTF-8 (RFC 3629: no surrogates, no overlong forms). */
    public static boolean isValid(byte[] bytes, int length) {
        int ascii = asciiPrefix(bytes, length);
        if (ascii == length) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, ascii, length - ascii));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int asciiPrefix(byte[] bytes, int length) {
        int i = 0;
        while (i + 8 <= length && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
            i += 8;
        }
        while (i < length && bytes[i] >= 0) {
            i++;
        }
        return i;
    }
}
