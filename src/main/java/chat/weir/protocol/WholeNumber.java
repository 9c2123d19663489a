package chat.weir.protocol;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Parses integers in JSON, where {@code 10}, {@code 10.0} and {@code 1e1} are the same number. */
public final class WholeNumber {
    /** The digits of the longest {@code long}; numbers with larger exponents are rejected without computing them. */
    private static final int MAX_DIGITS = 19;

    private WholeNumber() {}

    /** The value of a JSON number; empty if it is not an integer or no {@code long}. Large exponents cost nothing. */
    public static OptionalLong parse(String json) {
        BigDecimal number;
        try {
            number = new BigDecimal(json).stripTrailingZeros();
        } catch (NumberFormatException | ArithmeticException e) {
            // The exponent does not fit an int.
            return OptionalLong.empty();
        }
        if (number.scale() > 0 || (long) number.precision() - number.scale() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(number.longValueExact());
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
