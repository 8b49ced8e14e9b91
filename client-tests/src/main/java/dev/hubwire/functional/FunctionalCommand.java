package dev.hubwire.functional;

import dev.hubwire.conformance.ServingCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the functional application. */
@Command(
    name = "conformance-app --functional",
    description = "Serves the functional application on 127.0.0.1 until it is told to stop.",
    sortOptions = false)
public final class FunctionalCommand extends ServingCommand {
  @Option(
      names = "--https-port",
      paramLabel = "Q",
      description = "port for https, under a certificate for localhost made at the start")
  private @Nullable Integer httpsPort;

  @Option(names = "--functional", hidden = true)
  private boolean unusedFunctional;

  /** Serves until the process is told to stop, then stops in an orderly way. */
  public static void main(String[] arguments) {
    run(new FunctionalCommand(), arguments);
  }

  @Override
  protected Running start(int port) {
    return FunctionalServer.start(port, httpsPort);
  }
}
