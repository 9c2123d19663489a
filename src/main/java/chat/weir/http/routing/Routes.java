package chat.weir.http.routing;

import chat.weir.protocol.ErrorReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/**
 * The table of all routes.
 *
 * <p>Threading: immutable.
 */
public final class Routes {
    private final List<Route> all;
    private final PathMappings<List<Route>> byPath = new PathMappings<>();

    public Routes(List<Route> all) {
        this.all = List.copyOf(all);
        all.stream()
                .collect(Collectors.groupingBy(Route::path))
                .forEach((path, routes) -> byPath.put(new UriTemplatePathSpec(path), routes));
    }

    /**
     * The routes of one path.
     *
     * @param parameters of the path, decoded
     */
    public record Match(List<Route> routes, Map<String, String> parameters) {

        /** Methods that the path answers, as {@code Allow} and its like list them. */
        public String allow() {
            TreeSet<String> methods = routes.stream().map(Route::method).collect(Collectors.toCollection(TreeSet::new));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            methods.add("OPTIONS");
            return String.join(", ", methods);
        }

        /**
         * Selects the route for a method.
         *
         * @throws ProblemException 405 if the path does not answer the method
         */
        public Route route(String method) {
            String asked = method.equals("HEAD") ? "GET" : method;
            return routes.stream()
                    .filter(route -> route.method().equals(asked))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            HttpReason.METHOD_NOT_ALLOWED, "this path answers " + allow(), Map.of("Allow", allow())));
        }
    }

    public List<Route> all() {
        return all;
    }

    /**
     * Finds the routes of a path as it was sent, before decoding: so a parameter may hold a slash, and no percent-encoded
     * dot or slash changes which route a path belongs to.
     *
     * @throws ProblemException 404 if there is no such path, 400 if a parameter in it cannot be decoded
     */
    public Match find(String rawPath) {
        MatchedResource<List<Route>> found = byPath.getMatched(rawPath);
        if (found == null) {
            throw new ProblemException(
                    ErrorReason.NOT_FOUND, "there is nothing at this path; /openapi.json lists what there is");
        }
        Map<String, String> parameters = new HashMap<>();
        if (found.getPathSpec() instanceof UriTemplatePathSpec template) {
            template.getPathParams(rawPath)
                    .forEach((name, value) -> parameters.put(name, PercentCoding.decode(value, "the path's " + name)));
        }
        return new Match(found.getResource(), parameters);
    }
}
