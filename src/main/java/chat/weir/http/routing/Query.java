package chat.weir.http.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a URL's query; those that nobody asks for are ignored. */
public record Query(Map<String, String> parameters) {
    private static final long MAX_ID = 9_007_199_254_740_991L;

    /**
     * Parses the query of a URL.
     *
     * @throws ProblemException 400 if one is given twice, or cannot be decoded
     */
    public static Query parse(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), "a parameter's name");
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), "the value of a parameter");
            if (!name.isEmpty() && parameters.putIfAbsent(name, value) != null) {
                throw ProblemException.badRequest("a parameter is given twice");
            }
        }
        return new Query(parameters);
    }

    /** As forms write it (WHATWG URL, application/x-www-form-urlencoded): a plus is a space. */
    private static String decode(String coded, String what) {
        return PercentCoding.decode(coded.replace('+', ' '), what);
    }

    /** A text; empty if it is not given. */
    public String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    /**
     * Returns the number of entries requested for a page.
     *
     * @throws ProblemException 400 if it is given and no number from 1 to {@code max}
     */
    public int limit(int usual, int max) {
        return (int) number("limit", 1, max).orElse((long) usual).longValue();
    }

    /** The id of a message or of a moderation action. @throws ProblemException 400 if it is given and none */
    public Optional<Long> id(String name) {
        return number(name, 0, MAX_ID);
    }

    private Optional<Long> number(String name, long min, long max) {
        String text = parameters.get(name);
        if (text == null) {
            return Optional.empty();
        }
        if (text.matches("[0-9]{1,16}")) {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return Optional.of(number);
            }
        }
        throw ProblemException.badRequest(name + " has to be a whole number from " + min + " to " + max);
    }
}
