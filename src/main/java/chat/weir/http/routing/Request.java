package chat.weir.http.routing;

import chat.weir.account.LoginSession;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a route's handler gets to know of a request.
 *
 * @param path the path's parameters
 * @param address the client's, as text
 * @param headers the value of a header by its name, the first of several; empty where there is none
 */
public record Request(
        Map<String, String> path,
        Query query,
        JsonFields body,
        Caller caller,
        String address,
        UnaryOperator<String> headers) {

    /** The login of a caller who was let in as an account. */
    public LoginSession session() {
        if (caller instanceof Caller.Member member) {
            return member.session();
        }
        throw new IllegalStateException("the route does not require an account");
    }

    /** The API key of a caller who was let in as a backend. */
    public long key() {
        if (caller instanceof Caller.Backend backend) {
            return backend.key();
        }
        throw new IllegalStateException("the route does not require an API key");
    }

    public String pathParameter(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no parameter " + name);
        }
        return value;
    }

    public String header(String name) {
        return headers.apply(name);
    }
}
