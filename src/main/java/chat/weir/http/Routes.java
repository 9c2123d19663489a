package chat.weir.http;

import chat.weir.protocol.ErrorReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The table of all routes.
 *
 * <p>Threading: immutable.
 */
final class Routes {
    private final List<Route> all;

    Routes(List<Route> all) {
        this.all = List.copyOf(all);
    }

    /**
     * The routes of one path.
     *
     * @param parameters of the path, decoded
     */
    record Match(List<Route> routes, Map<String, String> parameters) {

        /** Methods that the path answers, as {@code Allow} and its like list them. */
        String allow() {
            TreeSet<String> methods = routes.stream().map(Route::method).collect(Collectors.toCollection(TreeSet::new));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            methods.add("OPTIONS");
            return String.join(", ", methods);
        }

        /** @throws Problem 405 if the path does not answer the method */
        Route route(String method) {
            String asked = method.equals("HEAD") ? "GET" : method;
            return routes.stream()
                    .filter(route -> route.method().equals(asked))
                    .findFirst()
                    .orElseThrow(() -> new Problem(
                            HttpReason.METHOD_NOT_ALLOWED, "this path answers " + allow(), Map.of("Allow", allow())));
        }
    }

    List<Route> all() {
        return all;
    }

    /** @throws Problem 404 if there is no such path, 400 if a parameter in it cannot be decoded */
    Match find(String rawPath) {
        for (Route route : all) {
            Optional<Map<String, String>> parameters = route.path().match(rawPath);
            if (parameters.isPresent()) {
                return new Match(
                        all.stream()
                                .filter(other -> other.path().equals(route.path()))
                                .toList(),
                        parameters.get());
            }
        }
        throw new Problem(ErrorReason.NOT_FOUND, "there is nothing at this path; /openapi.json lists what there is");
    }
}
