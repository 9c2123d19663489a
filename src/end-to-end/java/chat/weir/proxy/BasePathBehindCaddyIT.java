package chat.weir.proxy;

class BasePathBehindCaddyIT extends BasePathContract {
    @Override
    ProxyProcess proxy(ProxySetup setup) {
        return Caddy.start(setup);
    }
}
