package chat.weir.http.routing;

import chat.weir.account.LoginSession;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A request as a route's handler sees it.
 *
 * @param path the path parameters
 * @param address the client's address
 * @param headers returns the first value of a header; empty if it is absent
 */
public record Request(
        Map<String, String> path,
        Query query,
        JsonFields body,
        Caller caller,
        String address,
        UnaryOperator<String> headers) {

    /** The session of the caller, for routes with {@link Access#ACCOUNT}. */
    public LoginSession session() {
        if (caller instanceof Caller.Member member) {
            return member.session();
        }
        throw new IllegalStateException("the route does not require an account");
    }

    /** The API key of the caller, for routes with {@link Access#BACKEND}. */
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
