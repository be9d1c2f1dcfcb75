package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sgn}: the commands, and what becomes of errors. */
@Command(
    name = "./sgn",
    mixinStandardHelpOptions = true,
    versionProvider = SgnCommand.VersionProvider.class,
    description = "Second-order training of neural networks: stochastic generalized Gauss-Newton.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done; 1 a defect of the program; 2 something is wrong with the options, files"
          + " or folders; 3 training met NaN or infinity; 130 Ctrl-C."
    })
final class SgnCommand implements Runnable {

  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec;

  private SgnCommand() {}

  /** The whole command line, ready to execute. */
  static CommandLine commandLine(Console console) {
    CommandLine line =
        new CommandLine(new SgnCommand())
            .addSubcommand(new DemoCommand(console))
            .addSubcommand(TrainCommand.commandLine(new MlpCommand(console)))
            .addSubcommand(TrainCommand.commandLine(new ConvNetCommand(console)))
            .addSubcommand(new CompareCommand(console))
            .addSubcommand(new ReportCommand(console))
            .addSubcommand(DatasetsCommand.commandLine(console))
            .addSubcommand(new QualityTableCommand(console))
            .addSubcommand(new ExampleModelsCommand(console))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExpandAtFiles(false)
            .setOut(console.outWriter())
            .setErr(console.errWriter())
            .setParameterExceptionHandler(new Errors(console)::badParameters)
            .setExecutionExceptionHandler(new Errors(console)::failed);
    line.setUsageHelpWidth(console.isTerminal() ? console.columns() : HELP_WIDTH);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command, such as demo.");
  }

  /** For {@code --version}. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"SGN4J " + Version.current() + " on ND4J " + Version.nd4j()};
    }
  }
}
