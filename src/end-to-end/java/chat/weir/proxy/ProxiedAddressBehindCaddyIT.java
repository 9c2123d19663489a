package chat.weir.proxy;

class ProxiedAddressBehindCaddyIT extends ProxiedAddressContract {
    @Override
    ProxyProcess proxy(ProxySetup setup) {
        return Caddy.start(setup);
    }
}
