package chat.weir.proxy;

class CaddyIT extends ProxyContract {
    @Override
    ProxyProcess proxy(ProxySetup setup) {
        return Caddy.start(setup);
    }
}
