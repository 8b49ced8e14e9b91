package dev.hubwire.registry;

import java.util.List;

/** What code that is not checked for nulls may pass. */
@SuppressWarnings("NullAway") // To pass a null where none may be is what it is for.
final class Nulls {
  static final String TEXT = null;
  static final List<String> LIST = null;
  static final Object[] ARRAY = null;

  private Nulls() {}
}
