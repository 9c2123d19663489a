package chat.weir.proxy;

import java.util.List;
import java.util.Map;

/** Caddy with the documented configuration, restricted to this host and to the test's directory. */
final class Caddy {
    private Caddy() {}

    /** Starts Caddy. {@code CADDY} names the program if it is not on Debian's path. */
    static ProxyProcess start(ProxySetup setup) {
        String home = setup.directory().toString();
        setup.write("Caddyfile", options(setup) + site(setup).text());
        return ProxyProcess.start(
                setup,
                Map.of("HOME", home, "XDG_DATA_HOME", home, "XDG_CONFIG_HOME", home),
                List.of(
                        System.getenv().getOrDefault("CADDY", "/usr/bin/caddy"),
                        "run",
                        "--config",
                        "Caddyfile",
                        "--adapter",
                        "caddyfile"));
    }

    private static String options(ProxySetup setup) {
        return String.join(
                "\n",
                "{",
                "\tadmin off",
                "\tdefault_bind 127.0.0.1",
                "\thttp_port " + setup.plainPort(),
                "\thttps_port " + setup.tlsPort(),
                "\tskip_install_trust",
                "}",
                "");
    }

    private static DocumentedConfiguration site(ProxySetup setup) {
        Certificate certificate = setup.certificate();
        return DocumentedConfiguration.read("caddy", "reverse_proxy")
                .with("127.0.0.1:8080", "127.0.0.1:" + setup.weirPort())
                .with("chat.example.org {", "localhost {\n\ttls " + certificate.file() + " " + certificate.key())
                .with("handle {", handle(setup.basePath()));
    }

    private static String handle(String basePath) {
        return basePath.isEmpty()
                ? "handle {"
                : DocumentedConfiguration.line("redir " + basePath + " " + basePath + "/")
                        + "\n"
                        + DocumentedConfiguration.line("handle " + basePath + "/* {");
    }
}
