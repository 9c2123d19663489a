package chat.weir.http;

/**
 * The target of a request line, as it was sent.
 *
 * @param path before decoding, and without what an absolute target (RFC 9112 section 3.2.2) has in front of it
 * @param query before decoding, without its question mark
 */
record Target(String path, String query) {

    static Target parse(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new Target(withoutAuthority(path), mark < 0 ? "" : target.substring(mark + 1));
    }

    /** @throws Problem 400 if it is not ASCII, of which the JDK's server lets a part through */
    void check() {
        if (!(path + query).chars().allMatch(Target::isAscii)) {
            throw Problem.badRequest("the path and the query have to be percent-encoded UTF-8");
        }
    }

    /** The path as a URI reference, whatever it is. */
    String instance() {
        StringBuilder ascii = new StringBuilder(path.length());
        path.chars().forEach(c -> ascii.append(isAscii(c) ? Character.toString(c) : String.format("%%%02X", c & 0xFF)));
        return ascii.toString();
    }

    private static boolean isAscii(int c) {
        return c < 0x80;
    }

    private static String withoutAuthority(String path) {
        int scheme = path.indexOf("://");
        if (path.startsWith("/") || scheme < 0) {
            return path;
        }
        int slash = path.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : path.substring(slash);
    }
}
