package dev.hubwire.probe;

import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line {@code hubwire}. */
@Command(
    name = "hubwire",
    description = "Tools for those who run hubs.",
    subcommands = HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND")
public final class HubwireCommand {
  private HubwireCommand() {}

  /** Ends the process with the command's exit code. */
  public static void main(String[] arguments) {
    System.exit(
        commandLine(new ProbeCommand(Clock.systemUTC(), System::nanoTime)).execute(arguments));
  }

  static CommandLine commandLine(ProbeCommand probe) {
    return new CommandLine(new HubwireCommand())
        .addSubcommand(probe)
        .setParameterExceptionHandler(
            (wrong, unused) -> {
              wrong
                  .getCommandLine()
                  .getErr()
                  .println(wrong.getMessage() + " (--help tells what there is)");
              return CommandLine.ExitCode.USAGE;
            });
  }
}
