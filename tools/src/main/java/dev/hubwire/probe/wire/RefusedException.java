package dev.hubwire.probe.wire;

import java.io.IOException;

/** A request was answered otherwise than clients need it. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  RefusedException(String request, Answer answer) {
    super(request + " was answered " + answer);
    this.answer = answer;
  }

  public Answer answer() {
    return answer;
  }
}
