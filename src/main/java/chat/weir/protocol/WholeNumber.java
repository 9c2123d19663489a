package chat.weir.protocol;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** The whole numbers of JSON, which has no integers: {@code 10}, {@code 10.0} and {@code 1e1} are the same number. */
public final class WholeNumber {
    /** More than any {@code long} has; a larger exponent is not worth computing with. */
    private static final int MAX_DIGITS = 19;

    private WholeNumber() {}

    /** The number that a JSON number spells, if it is whole and a {@code long}; an exponent costs nothing, however large. */
    public static OptionalLong parse(String json) {
        BigDecimal number;
        try {
            number = new BigDecimal(json).stripTrailingZeros();
        } catch (NumberFormatException | ArithmeticException e) {
            // An exponent beyond an int.
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
