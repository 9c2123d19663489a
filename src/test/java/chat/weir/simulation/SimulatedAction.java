package chat.weir.simulation;

import org.jspecify.annotations.Nullable;

/** An action of a random user, applied to the server and to the model. */
interface SimulatedAction {
    /** Picks a random user and performs the action. @return its description, or null if no user can perform it now */
    @Nullable
    String perform(SimulationContext context);
}
