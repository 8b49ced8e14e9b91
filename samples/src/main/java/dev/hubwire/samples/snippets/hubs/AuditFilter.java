package dev.hubwire.samples.snippets.hubs;

import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubInvocationContext;
import java.io.IOException;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

// docs:hubs-filter
final class AuditFilter implements HubFilter {
  private static final Logger LOG = Logger.getLogger("audit");

  @Override
  public @Nullable Object invokeMethod(HubInvocationContext context, NextInvocation next)
      throws Exception {
    LOG.info(() -> context.caller().userIdentifier() + " calls " + context.methodName());
    try {
      return next.proceed(context); // and waits, if the method returns a stage
    } catch (IOException e) {
      throw new HubException("Please try again later.", e);
    }
  }
}
// docs:end
