package chat.weir.proxy;

class ProxiedAddressBehindNginxIT extends ProxiedAddressContract {
    @Override
    ProxyProcess proxy(ProxySetup setup) {
        return Nginx.start(setup, site -> site);
    }
}
