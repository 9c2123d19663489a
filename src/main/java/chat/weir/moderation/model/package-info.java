/**
 * The terms of moderation, as immutable values: who ({@link chat.weir.moderation.model.Actor},
 * {@link chat.weir.moderation.model.Subject}) takes which {@link chat.weir.moderation.model.ModerationAction} in which
 * {@link chat.weir.moderation.model.Scope}, and the {@link chat.weir.moderation.model.Sanction} that results. Commands,
 * HTTP routes and enforcement exchange them with {@link chat.weir.moderation}, which decides and stores.
 */
@NullMarked
package chat.weir.moderation.model;

import org.jspecify.annotations.NullMarked;
