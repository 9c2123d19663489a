package chat.weir.http.routing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict percent-decoding (RFC 3986 section 2.1) to UTF-8. */
public final class PercentCoding {
    private PercentCoding() {}

    /**
     * Decodes one segment of a path, or one parameter of a query.
     *
     * @param what names the text in the error message
     * @throws ProblemException 400 if it cannot be decoded
     */
    public static String decode(String coded, String what) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(coded.length());
        for (int i = 0; i < coded.length(); i++) {
            char c = coded.charAt(i);
            if (c == '%') {
                bytes.write(hex(coded, i + 1, what) << 4 | hex(coded, i + 2, what));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw ProblemException.badRequest(what + " must not contain U+0000");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest(what + " is not UTF-8");
        }
    }

    private static int hex(String coded, int at, String what) {
        char c = at < coded.length() ? coded.charAt(at) : ' ';
        // Character.digit also accepts digits of other scripts.
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw ProblemException.badRequest(what + " contains a % without two hexadecimal digits");
        }
        return digit;
    }
}
