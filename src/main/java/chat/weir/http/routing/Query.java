package chat.weir.http.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The query parameters of a URL. Unknown parameters are ignored. */
public record Query(Map<String, String> parameters) {
    private static final long MAX_ID = 9_007_199_254_740_991L;

    /**
     * Parses the query of a URL.
     *
     * @throws ProblemException 400 if a parameter is duplicate or cannot be decoded
     */
    public static Query parse(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), "the name of a parameter");
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), "the value of a parameter");
            if (!name.isEmpty() && parameters.putIfAbsent(name, value) != null) {
                throw ProblemException.badRequest("a parameter occurs twice");
            }
        }
        return new Query(parameters);
    }

    /** Decodes form encoding (WHATWG URL, application/x-www-form-urlencoded), where a plus is a space. */
    private static String decode(String coded, String what) {
        return PercentCoding.decode(coded.replace('+', ' '), what);
    }

    /** A text; empty if absent. */
    public String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    /**
     * The number of entries that the caller requests.
     *
     * @throws ProblemException 400 if it is not a number from 1 to {@code max}
     */
    public int limit(int defaultLimit, int max) {
        return (int) number("limit", 1, max).orElse((long) defaultLimit).longValue();
    }

    /** The id of a message or an audit entry. @throws ProblemException 400 if it is not a valid id */
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
        throw ProblemException.badRequest(name + " must be a whole number from " + min + " to " + max);
    }
}
