package dev.hubwire.samples.chat;

import java.net.BindException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the chat. */
@Command(
    name = "demo",
    description = "Serves a chat on this machine until it is told to stop.",
    sortOptions = false)
public final class ChatCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--address",
      paramLabel = "A",
      defaultValue = "127.0.0.1",
      description = "address to listen on (default: ${DEFAULT-VALUE})")
  private String address = "";

  @Spec private CommandSpec command = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  private boolean unusedHelp;

  /** Serves until the process is told to stop, then stops in an orderly way. */
  public static void main(String[] arguments) {
    int status =
        new CommandLine(new ChatCommand())
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
  public Integer call() {
    ChatServer server;
    try {
      server = ChatServer.start(address, port);
    } catch (RuntimeException e) {
      if (e instanceof IllegalArgumentException || e.getCause() instanceof BindException) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    System.out.println("chat on " + server.url() + " (open it in two tabs; Ctrl-C stops it)");
    return CommandLine.ExitCode.OK;
  }
}
