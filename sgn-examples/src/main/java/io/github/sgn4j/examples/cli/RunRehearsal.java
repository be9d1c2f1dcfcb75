package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.cli.TrainCommand.Problem;
import io.github.sgn4j.examples.compare.GridException;
import io.github.sgn4j.examples.compare.Rehearsal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Goes through runs with the commands that make them, up to where training would begin. All runs
 * are on the same data and network, which are therefore read once; what is wrong with these is no
 * configuration's fault and said as it is.
 */
final class RunRehearsal implements Rehearsal {

  private final CommandLine line;
  private final Path folder;
  private final Map<DataType, Problem> problems = new EnumMap<>(DataType.class);
  private Map<String, Object> config;

  /**
   * A rehearsal.
   *
   * @param line of its own: its commands do not train any more
   * @param folder where runs will go
   */
  RunRehearsal(CommandLine line, Path folder) {
    this.line = line;
    this.folder = folder;
  }

  @Override
  public Map<String, ?> config(List<String> arguments) {
    List<String> options = new ArrayList<>(arguments);
    options.add("--out=" + folder.resolve("rehearsal"));
    options.add("--force");
    try {
      TrainCommand train = line.getSubcommands().get(arguments.get(0)).getCommand();
      train.rehearse(this);
      line.parseArgs(options.toArray(String[]::new));
      train.call();
      return config;
    } catch (ParameterException e) {
      throw new GridException(e.getMessage().lines().findFirst().orElse("bad options"), e);
    } catch (InputException e) {
      throw new GridException(e.getMessage(), e);
    }
  }

  /** The data and the network of all runs in that precision. */
  Problem problem(DataType type, Supplier<Problem> load) {
    return problems.computeIfAbsent(type, t -> load.get());
  }

  /** Takes what a run would write as its configuration. */
  void accept(Map<String, Object> settled) {
    config = settled;
  }
}
