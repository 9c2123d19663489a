package chat.weir.http.api;

import chat.weir.history.MessageLog;
import chat.weir.history.Page;
import chat.weir.history.StoredMessage;
import chat.weir.http.routing.Access;
import chat.weir.http.routing.Caller;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Routes for channels, their histories and their users. */
final class ChannelRoutes {
    private static final int DEFAULT_CHANNELS = 50;
    private static final int MAX_CHANNELS = 200;
    /** The maximum number of ids that are read for one page, including generated ones, which are not listed. */
    static final int MAX_SCANNED = 1_000;

    private static final int IDS_PER_QUERY = 250;
    private static final int DEFAULT_MESSAGES = 10;
    private static final int MAX_MESSAGES = 100;

    private final MessageLog log;
    private final ChannelAccess channels;

    ChannelRoutes(MessageLog log, ChannelAccess channels) {
        this.log = log;
        this.channels = channels;
    }

    private record Entry(String id, int connections) {}

    private record Present(List<String> users, int count) {}

    private record Count(int count) {}

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/api/channels", Access.READER, this::list),
                Route.of("GET", "/api/channels/{id}/messages", Access.READER, this::messages),
                Route.of("GET", "/api/channels/{id}/users", Access.READER, this::users));
    }

    private Response list(Request request) {
        int limit = request.query().limit(DEFAULT_CHANNELS, MAX_CHANNELS);
        String after = request.query().text("after");
        SortedMap<String, Integer> found = new TreeMap<>(Utf8Order.TEXTS);
        String end = putListed(found, after, limit);
        channels.live(after, limit + 1).forEach((id, connections) -> {
            if (end == null || Utf8Order.TEXTS.compare(id, end) <= 0) {
                found.put(id, connections);
            }
        });
        List<Entry> page = found.entrySet().stream()
                .limit(limit)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
        return Response.page(
                "channels", page, found.size() > limit ? page.get(limit - 1).id() : end);
    }

    /**
     * Adds the channels with a history, up to one more than the limit. Channels with a generated id are omitted,
     * because their users have not published it.
     *
     * @return where the scan stopped, if it did not fill the page; not necessarily the id of a channel
     */
    private @Nullable String putListed(SortedMap<String, Integer> found, String after, int limit) {
        String from = after;
        for (int scanned = 0; scanned < MAX_SCANNED; scanned += IDS_PER_QUERY) {
            List<ChannelId> ids = log.channels(from, IDS_PER_QUERY);
            ids.stream()
                    .filter(id -> !id.isGenerated())
                    .limit(limit + 1L - found.size())
                    .forEach(id -> found.put(id.value(), 0));
            if (found.size() > limit || ids.size() < IDS_PER_QUERY) {
                return null;
            }
            ChannelId last = ids.get(ids.size() - 1);
            if (scanned + IDS_PER_QUERY >= MAX_SCANNED) {
                return last.isGenerated() ? between(ids.get(ids.size() / 2).value(), last.value()) : last.value();
            }
            from = last.value();
        }
        return null;
    }

    /**
     * The shortest prefix of an id that is greater than another id. Used as the continuation of a page; it reveals as
     * little as possible of an id that is not listed.
     */
    private static String between(String before, String id) {
        int length = 1;
        while (Utf8Order.TEXTS.compare(id.substring(0, length), before) <= 0) {
            length = id.offsetByCodePoints(length, 1);
        }
        return id.substring(0, length);
    }

    /** Omits the names if there are too many to list. */
    private Response users(Request request) {
        ServerEnvelope.Users users = channels.users(readable(request));
        List<UserName> names = users.users();
        return Response.json(
                200,
                names == null
                        ? new Count(users.count())
                        : new Present(names.stream().map(UserName::value).toList(), users.count()));
    }

    /** The channel of the path. The error for a private chat does not reveal whether the chat exists. */
    private static ChannelId readable(Request request) {
        ChannelId channel = new ChannelId(request.pathParameter("id"));
        boolean isOwn = request.caller() instanceof Caller.Member member
                && channel.isChatOf(member.session().account().id());
        if (channel.isPrivate() && !isOwn) {
            throw new ChatException(ErrorReason.PRIVATE, "only its two members can read a private chat");
        }
        return channel;
    }

    private Response messages(Request request) {
        ChannelId channel = readable(request);
        int limit = request.query().limit(DEFAULT_MESSAGES, MAX_MESSAGES);
        Optional<Long> before = request.query().id("before");
        Optional<Long> after = request.query().id("after");
        if (before.isPresent() && after.isPresent()) {
            throw ProblemException.badRequest("before and after cannot be combined: give one of them");
        }
        Page page = after.isPresent()
                ? log.after(channel, after.get(), limit)
                : log.before(channel, before.orElse(MessageLog.NEWEST), limit);
        return Response.page(
                "messages", page.messages().stream().map(ChannelRoutes::said).toList(), next(page, after.isPresent()));
    }

    private static @Nullable Long next(Page page, boolean isForward) {
        if (!page.hasMore() || page.messages().isEmpty()) {
            return null;
        }
        return page.messages().get(isForward ? page.messages().size() - 1 : 0).id();
    }

    /** The fields of a message; those of its state only if they have a value. */
    private static Map<String, Object> said(StoredMessage message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", message.id());
        fields.put("text", message.text());
        fields.put("timestamp", message.timestamp());
        fields.put("user", message.author().name().value());
        if (message.replyTo() != StoredMessage.NONE) {
            fields.put("replyTo", message.replyTo());
        }
        if (message.editedAt() != StoredMessage.NONE) {
            fields.put("edited", message.editedAt());
        }
        message.reactions().listed().ifPresent(names -> fields.put("reactions", names));
        message.reactions().counted().ifPresent(counts -> fields.put("reactionCounts", counts));
        return fields;
    }
}
