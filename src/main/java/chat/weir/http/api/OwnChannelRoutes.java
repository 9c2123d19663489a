package chat.weir.http.api;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.account.BlockTable;
import chat.weir.account.ReadPositions;
import chat.weir.history.Author;
import chat.weir.history.MessageLog;
import chat.weir.history.Unread;
import chat.weir.http.routing.Access;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The route of the channels that the caller reads, with the number of unread messages. */
final class OwnChannelRoutes {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    private final Accounts accounts;
    private final ReadPositions readPositions;
    private final BlockTable blocks;
    private final MessageLog log;

    OwnChannelRoutes(ApiServices services) {
        this.accounts = services.accounts();
        this.readPositions = services.readPositions();
        this.blocks = services.blocks();
        this.log = services.log();
    }

    private record Entry(String id, long read, long last, int unread) {}

    private record PrivateEntry(String id, List<String> users, long read, long last, int unread) {}

    List<Route> routes() {
        return List.of(Route.of("GET", "/api/accounts/me/channels", Access.ACCOUNT, this::list));
    }

    /** Private chats with a blocked user are omitted, so that a page may be short. */
    private Response list(Request request) {
        Account own = request.session().account();
        int limit = request.query().limit(DEFAULT_LIMIT, MAX_LIMIT);
        SortedMap<ChannelId, Long> found = positions(own.id(), request.query().text("after"), limit + 1);
        List<ChannelId> page = found.keySet().stream().limit(limit).toList();
        Map<Long, UserName> partners = accounts.names(page.stream()
                .flatMapToLong(channel -> channel.partner(own.id()).stream())
                .boxed()
                .toList());
        Set<String> blocked = blocks.of(own.id());
        Predicate<Author> isCounted = author ->
                author.account() != own.id() && !blocked.contains(author.name().key());
        List<Record> entries = page.stream()
                .filter(channel -> channel.partner(own.id()).stream()
                        .mapToObj(partners::get)
                        .noneMatch(partner -> partner != null && blocked.contains(partner.key())))
                .map(channel -> {
                    long read = found.getOrDefault(channel, 0L);
                    return entry(own, channel, partners, read, log.unread(channel, read, isCounted));
                })
                .toList();
        return Response.page(
                "channels", entries, found.size() > limit ? page.get(limit - 1).value() : null);
    }

    /** The channels in which the account has a read position, and its private chats, with 0 if it has none there. */
    private SortedMap<ChannelId, Long> positions(long account, String after, int limit) {
        SortedMap<ChannelId, Long> found = new TreeMap<>(Utf8Order.CHANNELS);
        found.putAll(readPositions.list(account, after, limit));
        log.privateChats(account, after, limit).forEach(chat -> found.putIfAbsent(chat, 0L));
        return found;
    }

    private static Record entry(
            Account own, ChannelId channel, Map<Long, UserName> partners, long read, Unread unread) {
        if (!channel.isPrivate()) {
            return new Entry(channel.value(), read, unread.last(), unread.count());
        }
        Stream<UserName> partner =
                channel.partner(own.id()).stream().mapToObj(partners::get).filter(name -> name != null);
        List<String> users = Stream.concat(Stream.of(own.name()), partner)
                .sorted(Comparator.comparing(UserName::key))
                .map(UserName::value)
                .toList();
        return new PrivateEntry(channel.value(), users, read, unread.last(), unread.count());
    }
}
