package dev.hubwire.conformance;

import java.net.BindException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the conformance application. */
@Command(
    name = "conformance-app",
    description = "Serves the conformance application on 127.0.0.1 until it is told to stop.",
    sortOptions = false)
public final class ConformanceCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "5080",
      description = "port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port;

  @Mixin private final ConformanceOptions options = new ConformanceOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  private boolean unusedHelp;

  @Spec private CommandSpec command = CommandSpec.create();

  /** Serves until the process is told to stop, then stops in an orderly way. */
  public static void main(String[] arguments) {
    int status =
        new CommandLine(new ConformanceCommand())
            .setParameterExceptionHandler(
                (wrong, unused) -> {
                  System.err.println(wrong.getMessage() + " (--help tells what there is)");
                  return CommandLine.ExitCode.USAGE;
                })
            .execute(arguments);
    if (status != CommandLine.ExitCode.OK) {
      System.exit(status);
    }
  }

  /** The options of a command line, but for the port. */
  static ConformanceOptions options(String... arguments) {
    var command = new ConformanceCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.options;
  }

  @Override
  public Integer call() {
    ConformanceServer server;
    try {
      server = ConformanceServer.start(port, options);
    } catch (RuntimeException e) {
      if (e instanceof IllegalArgumentException || e.getCause() instanceof BindException) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    // Whoever starts this waits for the line.
    System.out.println("listening on " + server.url());
    System.out.flush();
    return CommandLine.ExitCode.OK;
  }
}
