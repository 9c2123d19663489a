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
import chat.weir.protocol.VisibleText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The route by which backends publish messages. */
final class MessageRoutes {
    private static final int MAX_REF_CHARS = 64;
    /** A last resort: storing has shorter timeouts of its own. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

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
        checkText(text);
        UserName user = UserName.parseNew(request.body().string("user"))
                .orElseThrow(() -> ProblemException.badRequest(
                        ErrorReason.INVALID_NAME, "user is not a valid name: " + UserName.RULE));
        String ref = request.body().optionalString("ref").orElse(null);
        if (ref != null && ref.length() > MAX_REF_CHARS) {
            throw ProblemException.badRequest(
                    ErrorReason.TOO_LONG, "ref is longer than " + MAX_REF_CHARS + " characters");
        }
        ServerEnvelope.Ack ack = await(channels.publish(channel, request.key(), user, text, ref));
        return Response.json(201, new Stored(ack.id(), ack.timestamp()));
    }

    private void checkText(String text) {
        if (text.isEmpty()) {
            throw ProblemException.badRequest(ErrorReason.EMPTY_TEXT, "text is empty");
        }
        if (!VisibleText.isVisible(text)) {
            throw ProblemException.badRequest(ErrorReason.EMPTY_TEXT, "text has no visible character");
        }
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.badRequest("text must not contain U+0000");
        }
        int length = text.codePointCount(0, text.length());
        if (length > maxTextLength) {
            throw new ChatException(
                    ErrorReason.TOO_LONG,
                    "text is " + length + " characters long; at most " + maxTextLength + " are allowed");
        }
    }

    private static ServerEnvelope.Ack await(CompletableFuture<ServerEnvelope.Ack> said) {
        try {
            return said.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException reply) {
                throw reply;
            }
            throw new IllegalStateException("publishing a message failed", e);
        } catch (TimeoutException e) {
            throw new ChatException(
                    ErrorReason.UNAVAILABLE,
                    "storing takes too long; it is safe to send the message again with the same ref");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(ErrorReason.UNAVAILABLE, "the server is shutting down");
        }
    }
}
