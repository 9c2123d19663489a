package chat.weir.proxy;

class BasePathBehindNginxIT extends BasePathContract {
    @Override
    ProxyProcess proxy(ProxySetup setup) {
        return Nginx.start(setup, site -> site);
    }
}
