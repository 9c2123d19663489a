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
     * @param parameters decoded path parameters
     */
    public record Match(List<Route> routes, Map<String, String> parameters) {

        /** The methods that the path supports, in the form of the {@code Allow} header. */
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
            String getOrOther = method.equals("HEAD") ? "GET" : method;
            return routes.stream()
                    .filter(route -> route.method().equals(getOrOther))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            HttpReason.METHOD_NOT_ALLOWED,
                            "this path supports only " + allow(),
                            Map.of("Allow", allow())));
        }
    }

    public List<Route> all() {
        return all;
    }

    /**
     * Finds the routes of a path before it is decoded. So a parameter may contain an encoded slash, and encoded dots
     * or slashes cannot change the route.
     *
     * @throws ProblemException 404 if the path does not exist, 400 if a parameter cannot be decoded
     */
    public Match find(String rawPath) {
        MatchedResource<List<Route>> found = byPath.getMatched(rawPath);
        if (found == null) {
            throw new ProblemException(ErrorReason.NOT_FOUND, "this path does not exist; see /openapi.json");
        }
        Map<String, String> parameters = new HashMap<>();
        if (found.getPathSpec() instanceof UriTemplatePathSpec template) {
            template.getPathParams(rawPath)
                    .forEach((name, value) -> parameters.put(name, PercentCoding.decode(value, "the path's " + name)));
        }
        return new Match(found.getResource(), parameters);
    }
}
