package dev.hubwire.conformance;

import java.net.BindException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command line that serves an application on 127.0.0.1 until its process is told to stop. */
public abstract class ServingCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "5080",
      description = "port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  private boolean unusedHelp;

  @Spec private CommandSpec command = CommandSpec.create();

  /** An application that runs. */
  public interface Running extends AutoCloseable {
    URI url();

    /** Stops in an orderly way. */
    @Override
    void close();
  }

  /**
   * Starts the application.
   *
   * @throws IllegalArgumentException if an option asks for what cannot be
   */
  protected abstract Running start(int port);

  /** Runs a command; ends the process if it cannot serve. */
  protected static void run(ServingCommand command, String... arguments) {
    int status =
        new CommandLine(command)
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

  @Override
  public final Integer call() {
    Running application;
    try {
      application = start(port);
    } catch (RuntimeException e) {
      if (e instanceof IllegalArgumentException || e.getCause() instanceof BindException) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
    // Whoever starts this waits for the line.
    System.out.println("listening on " + application.url());
    System.out.flush();
    return CommandLine.ExitCode.OK;
  }
}
