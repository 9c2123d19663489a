package chat.weir.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A path such as {@code /api/channels/{id}/messages}. It is compared with the path as it was sent, before decoding: so a
 * parameter may hold a slash, and no coded dot or slash changes which route a path belongs to.
 */
record PathTemplate(String text) {

    /** The parameters, decoded, if a raw path is of this form. @throws Problem 400 if one cannot be decoded */
    Optional<Map<String, String>> match(String rawPath) {
        String[] ours = text.split("/", -1);
        String[] theirs = rawPath.split("/", -1);
        if (ours.length != theirs.length) {
            return Optional.empty();
        }
        for (int i = 0; i < ours.length; i++) {
            if (!isParameter(ours[i]) && !ours[i].equals(theirs[i])) {
                return Optional.empty();
            }
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < ours.length; i++) {
            if (isParameter(ours[i])) {
                String name = ours[i].substring(1, ours[i].length() - 1);
                parameters.put(name, PercentCoding.decode(theirs[i], "the path's " + name));
            }
        }
        return Optional.of(parameters);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
