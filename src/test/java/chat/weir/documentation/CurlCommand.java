package chat.weir.documentation;

import java.util.Iterator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request of a curl command in a document.
 *
 * @param token null if there is no Authorization header
 * @param body null if there is none
 * @param printsStatus whether curl prints the status after the body
 */
record CurlCommand(
        String method,
        String path,
        @Nullable String token,
        @Nullable String body,
        boolean printsStatus) {
    private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");
    private static final String COMMAND = "$ curl ";
    private static final String SERVER = "localhost:8080";
    private static final String BEARER = "Authorization: Bearer ";

    /** Fails for options that it does not know. */
    static CurlCommand parse(String line) {
        if (!line.startsWith(COMMAND)) {
            throw new AssertionError("not a command: " + line);
        }
        String method = null;
        String path = null;
        String token = null;
        String body = null;
        boolean printsStatus = false;
        Iterator<String> arguments = ARGUMENT.matcher(line.substring(COMMAND.length()))
                .results()
                .map(CurlCommand::argument)
                .iterator();
        while (arguments.hasNext()) {
            String argument = arguments.next();
            if (argument.startsWith(SERVER)) {
                path = argument.substring(SERVER.length());
            } else if (argument.equals("-X")) {
                method = arguments.next();
            } else if (argument.equals("-d")) {
                body = arguments.next();
            } else if (argument.equals("-w")) {
                printsStatus = arguments.next().equals("%{http_code}\\n");
            } else if (argument.equals("-H")) {
                String header = arguments.next();
                token = header.startsWith(BEARER) ? header.substring(BEARER.length()) : token;
            } else {
                throw new AssertionError("not understood: " + argument + " in " + line);
            }
        }
        if (path == null) {
            throw new AssertionError("no address: " + line);
        }
        String implied = body == null ? "GET" : "POST";
        return new CurlCommand(method == null ? implied : method, path, token, body, printsStatus);
    }

    private static String argument(MatchResult found) {
        for (int group = 1; group <= 3; group++) {
            if (found.group(group) != null) {
                return found.group(group);
            }
        }
        throw new AssertionError(found.group());
    }
}
