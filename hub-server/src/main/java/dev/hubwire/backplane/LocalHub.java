package dev.hubwire.backplane;

import dev.hubwire.protocol.HubProtocol;
import java.util.List;

/**
 * One hub of this server, as a backplane is told of it.
 *
 * @param hubClass the class of the application
 * @param protocols every protocol that connections of the hub may speak, one of each name; not
 *     copied, for it may grow until the server has started
 * @param connections its connections here
 */
public record LocalHub(Class<?> hubClass, List<HubProtocol> protocols, LocalDelivery connections) {}
