package chat.weir.proxy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** nginx with the documented configuration, with all its files in the test's directory. */
final class Nginx {
    private Nginx() {}

    /**
     * Starts nginx. {@code NGINX} names the program if it is not on Debian's path.
     *
     * @param edits changes to the documented block for the site
     */
    static ProxyProcess start(ProxySetup setup, UnaryOperator<DocumentedConfiguration> edits) {
        setup.write("weir.conf", edits.apply(site(setup)).text());
        setup.write("nginx.conf", main());
        return ProxyProcess.start(
                setup,
                Map.of(),
                List.of(
                        System.getenv().getOrDefault("NGINX", "/usr/sbin/nginx"),
                        "-e",
                        "stderr",
                        "-p",
                        setup.directory().toString(),
                        "-c",
                        "nginx.conf"));
    }

    private static DocumentedConfiguration site(ProxySetup setup) {
        return DocumentedConfiguration.read("nginx", "proxy_pass")
                .with("127.0.0.1:8080", "127.0.0.1:" + setup.weirPort())
                .with("    listen [::]:80;\n", "")
                .with("    listen [::]:443 ssl;\n", "")
                .with("listen 80;", "listen 127.0.0.1:" + setup.plainPort() + ";")
                .with("listen 443 ssl;", "listen 127.0.0.1:" + setup.tlsPort() + " ssl;")
                .with("chat.example.org", "localhost")
                .with("/etc/ssl/weir/fullchain.pem", setup.certificate().file().toString())
                .with("/etc/ssl/weir/privkey.pem", setup.certificate().key().toString())
                .with("location / {", location(setup.basePath()));
    }

    private static String location(String basePath) {
        return basePath.isEmpty() ? "location / {" : DocumentedConfiguration.line("location " + basePath + "/ {");
    }

    /** The main file of an installed nginx, with the documented lines for it. */
    private static String main() {
        String documented = DocumentedConfiguration.read("nginx", "worker_connections")
                .with("worker_shutdown_timeout 10m", "worker_shutdown_timeout 1s")
                .text();
        return String.join(
                "\n",
                "daemon off;",
                "pid nginx.pid;",
                "error_log stderr info;",
                "user " + System.getProperty("user.name") + ";",
                documented,
                "http {",
                "    access_log off;",
                "    client_body_temp_path body;",
                "    proxy_temp_path proxy;",
                "    fastcgi_temp_path fastcgi;",
                "    uwsgi_temp_path uwsgi;",
                "    scgi_temp_path scgi;",
                "    include weir.conf;",
                "}",
                "");
    }
}
