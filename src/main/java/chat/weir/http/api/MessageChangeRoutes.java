package chat.weir.http.api;

import chat.weir.account.Account;
import chat.weir.enforcement.AccessControl;
import chat.weir.enforcement.DeletionPolicy;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.history.Author;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageLog;
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
import java.util.List;
import java.util.Optional;

/**
 * The routes that edit and delete a message: for the account that wrote it, for backends if a backend wrote it, and
 * deletion for moderators too.
 */
final class MessageChangeRoutes {
    private static final String PATH = "/api/channels/{id}/messages/{message}";

    private final MessageLog log;
    private final ChannelAccess channels;
    private final AccessControl accessControl;
    private final DeletionPolicy deletionPolicy;
    private final int maxTextLength;

    MessageChangeRoutes(ApiServices services, int maxTextLength) {
        this.log = services.log();
        this.channels = services.channels();
        this.accessControl = new AccessControl(services.moderation(), services.logins());
        this.deletionPolicy = new DeletionPolicy(services.accounts(), services.moderation());
        this.maxTextLength = maxTextLength;
    }

    List<Route> routes() {
        return List.of(
                Route.of("PATCH", PATH, Access.AUTHENTICATED, this::edit),
                Route.of("DELETE", PATH, Access.AUTHENTICATED, this::delete));
    }

    private Response edit(Request request) {
        String text = request.body().string("text");
        MessageText.check(text, maxTextLength);
        ChannelId channel = channel(request);
        StoredMessage message = find(channel, request);
        if (!isAuthor(request.caller(), message)) {
            throw new ChatException(ErrorReason.NOT_AUTHOR, "only its author can edit a message");
        }
        if (request.caller() instanceof Caller.Member) {
            Optional<String> address = Optional.of(request.address());
            accessControl.requireNotBanned(channel, message.author(), address);
            accessControl.requireMaySpeak(channel, message.author(), address);
        }
        return publish(channel, message.author(), new MessageChange.Edit(message.id(), text));
    }

    private Response delete(Request request) {
        ChannelId channel = channel(request);
        StoredMessage message = find(channel, request);
        Author by = message.author();
        if (!isAuthor(request.caller(), message)) {
            if (!(request.caller() instanceof Caller.Member member)) {
                throw new ChatException(
                        ErrorReason.NOT_AUTHOR, "with an API key, only the messages of backends can be deleted");
            }
            Account account = member.session().account();
            deletionPolicy.permit(SanctionTargets.of(account), channel, message);
            by = new Author(account.name(), account.id());
        }
        return publish(channel, by, new MessageChange.Delete(message.id()));
    }

    /** A message of another user does not become the account's by its name. */
    private static boolean isAuthor(Caller caller, StoredMessage message) {
        long author = message.author().account();
        return caller instanceof Caller.Member member
                ? author == member.session().account().id()
                : author == Author.BACKEND;
    }

    private Response publish(ChannelId channel, Author author, MessageChange change) {
        boolean unused = PublishOutcome.await(
                channels.change(channel, author, change), "request the " + change.noun() + " again");
        return Response.done();
    }

    /** The error for a private chat does not reveal whether the chat exists. */
    private static ChannelId channel(Request request) {
        ChannelId channel = new ChannelId(request.pathParameter("id"));
        boolean isOwn = request.caller() instanceof Caller.Member member
                && channel.isChatOf(member.session().account().id());
        if (channel.isPrivate() && !isOwn) {
            throw new ChatException(ErrorReason.PRIVATE, "only its two members can change messages of a private chat");
        }
        return channel;
    }

    private StoredMessage find(ChannelId channel, Request request) {
        String id = request.pathParameter("message");
        if (!id.matches("\\d{1,16}")) {
            throw ProblemException.badRequest("the id of a message is a whole number");
        }
        return log.find(channel, Long.parseLong(id))
                .orElseThrow(() ->
                        new ChatException(ErrorReason.NO_SUCH_MESSAGE, "the channel has no message with the id " + id));
    }
}
