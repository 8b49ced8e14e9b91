package dev.hubwire.hub;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done around the calls of a hub's methods, and around its callbacks; each hook goes
 * on unless it is overridden ({@code docs/protocol/hub-semantics.md} §18).
 *
 * <p>The filters of the server come first, then those of the hub, then those of the method ({@link
 * Filters}); the first is the outermost. They see what is going to be called: a call that is
 * refused before, because its user may not make it or its arguments do not fit, passes none.
 *
 * <p>A filter that was registered as an instance serves all calls, on any thread, several at a
 * time; one that was registered as a class is made for each call. Filters may block: a method that
 * has any runs on a virtual thread, {@link Inline} or not.
 */
public interface HubFilter {

  /**
   * Around one call. May go on with other arguments, give back another result, not go on, go on
   * again, or throw as the method could.
   *
   * <p>What it gives back has to fit the method: null where the method returns nothing, any stream
   * where it returns a stream, what its stage completes with where it returns a stage; else the
   * call fails with an {@link IllegalStateException} that names the filter.
   *
   * @return what the method is to have returned; for a stream this is before its first item
   * @throws Exception answered as if the method had thrown it
   */
  default @Nullable Object invokeMethod(HubInvocationContext context, NextInvocation next)
      throws Exception {
    return next.proceed(context);
  }

  /**
   * Around {@link Hub#onConnected}, also of a hub that does not override it. Without going on the
   * client is connected all the same.
   *
   * @throws Exception as for {@link Hub#onConnected}
   */
  default void onConnected(HubLifetimeContext context, NextConnected next) throws Exception {
    next.proceed();
  }

  /**
   * Around {@link Hub#onDisconnected}, also of a hub that does not override it.
   *
   * @param error why the connection is over, or null for a normal end
   */
  default void onDisconnected(
      HubLifetimeContext context, @Nullable Throwable error, NextDisconnected next)
      throws Exception {
    next.proceed(error);
  }

  /** The filters further in, and then the method. */
  interface NextInvocation {
    /**
     * Goes on, and waits for what the method gives in the end: for a method that returns a stage,
     * what that completes with.
     *
     * @param context the one that was given, or one {@linkplain HubInvocationContext#withArguments
     *     with other arguments}
     * @throws Exception what a filter or the method threw, not wrapped
     */
    @Nullable Object proceed(HubInvocationContext context) throws Exception;
  }

  /** The filters further in, and then the hub's callback. */
  interface NextConnected {
    void proceed() throws Exception;
  }

  /** The filters further in, and then the hub's callback. */
  interface NextDisconnected {
    /**
     * @param error what they are told
     */
    void proceed(@Nullable Throwable error) throws Exception;
  }
}
