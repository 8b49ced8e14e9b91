package dev.hubwire.conformance;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of the conformance application. */
@Command(
    name = "conformance-app",
    description = "Serves the conformance application on 127.0.0.1 until it is told to stop.",
    footer = "With --functional it serves the functional application: --functional --help",
    sortOptions = false)
public final class ConformanceCommand extends ServingCommand {
  @Mixin private final ConformanceOptions options = new ConformanceOptions();

  /** Serves until the process is told to stop, then stops in an orderly way. */
  public static void main(String[] arguments) {
    run(new ConformanceCommand(), arguments);
  }

  /** The options of a command line, but for the port. */
  static ConformanceOptions options(String... arguments) {
    var command = new ConformanceCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.options;
  }

  @Override
  protected Running start(int port) {
    return ConformanceServer.start(port, options);
  }
}
