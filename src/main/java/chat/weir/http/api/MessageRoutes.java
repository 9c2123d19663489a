package chat.weir.http.api;

import chat.weir.http.routing.Access;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import java.util.List;

/** The route by which backends publish messages. */
final class MessageRoutes {
    private static final int MAX_REF_CHARS = 64;

    private final ChannelAccess channels;
    private final int maxTextLength;

    MessageRoutes(ChannelAccess channels, int maxTextLength) {
        this.channels = channels;
        this.maxTextLength = maxTextLength;
    }

    private record Stored(long id, long timestamp) {}

    List<Route> routes() {
        return List.of(Route.of("POST", "/api/channels/{id}/messages", Access.BACKEND, this::publish));
    }

    private Response publish(Request request) {
        ChannelId channel = new ChannelId(request.pathParameter("id"));
        if (channel.isPrivate()) {
            throw new ChatException(ErrorReason.PRIVATE, "only its two members can send messages to a private chat");
        }
        String text = request.body().string("text");
        MessageText.check(text, maxTextLength);
        UserName user = UserName.parseNew(request.body().string("user"))
                .orElseThrow(() -> ProblemException.badRequest(
                        ErrorReason.INVALID_NAME, "user is not a valid name: " + UserName.RULE));
        String ref = request.body().optionalString("ref").orElse(null);
        if (ref != null && ref.length() > MAX_REF_CHARS) {
            throw ProblemException.badRequest(
                    ErrorReason.TOO_LONG, "ref is longer than " + MAX_REF_CHARS + " characters");
        }
        ServerEnvelope.Ack ack = PublishOutcome.await(
                channels.publish(channel, request.key(), user, text, ref), "send the message again with the same ref");
        return Response.json(201, new Stored(ack.id(), ack.timestamp()));
    }
}
