package chat.weir.proxy;

/** nginx that opens a connection to Weir for each request. */
class NginxWithoutKeepaliveIT extends ProxyContract {
    @Override
    ProxyProcess proxy(ProxySetup setup) {
        return Nginx.start(setup, site -> site.with("    keepalive 16;\n", ""));
    }
}
