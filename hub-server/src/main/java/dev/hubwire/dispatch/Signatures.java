package dev.hubwire.dispatch;

import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How methods are shown in messages for those who wrote them. */
final class Signatures {
  private Signatures() {}

  /** Such as {@code ChatHub.send(String, int)}. */
  static String of(Executable method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(
            Collectors.joining(
                ", ",
                method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(",
                ")"));
  }
}
