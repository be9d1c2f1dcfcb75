package io.github.sgn4j.benchmarks;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.PreconditionerSource;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a step of {@link SgnOptions#defaults} costs beside its parts done alone: gradient,
 * curvature's forward pass and diagonal, products and evaluations, as many as the step reports.
 * Steps and parts take turns, so that both meet the same machine. A program, not a benchmark of
 * JMH's, for that reason.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.github.sgn4j.benchmarks.StepCost TABLE.md [NET...]
 * </pre>
 */
public final class StepCost {

  private static final int WARM_UP_SECONDS = 4;
  private static final int SECONDS = 8;
  private static final int LEAST_ROUNDS = 7;

  private final Workload workload;
  private final SgnOptimizer optimizer;
  private final OptimizerState start;
  private final FlatVector result;

  private StepCost(Workload workload) {
    this.workload = workload;
    Objective objective = workload.objective();
    optimizer = new SgnOptimizer(objective, SgnOptions.defaults());
    // A step that starts warm, as nearly all do.
    optimizer.step(workload.batch());
    start = optimizer.state();
    result = workload.theta().like();
  }

  /**
   * Writes a Markdown table of medians.
   *
   * @param arguments the file, then the networks; all if there is none
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("name the file of the table, then networks if not all");
    }
    StringBuilder table =
        new StringBuilder(
            "| net | products | evaluations | gradient ms | diagonal ms | products ms |"
                + " evaluations ms | step ms | step / sum |\n|---|---|---|---|---|---|---|---|---|\n");
    List<String> nets = List.of(arguments).subList(1, arguments.length);
    for (String net : nets.isEmpty() ? Workload.NETS : nets) {
      Workload workload = Workload.of(net);
      table.append("| ").append(net).append(" | ").append(new StepCost(workload).row());
      table.append(" |\n");
      workload.objective().close();
    }
    Files.writeString(Path.of(arguments[0]), table);
  }

  private String row() {
    rounds(WARM_UP_SECONDS);
    double[][] rounds = rounds(SECONDS);
    double[] medians = new double[rounds[0].length];
    for (int i = 0; i < medians.length; i++) {
      int column = i;
      double[] sorted =
          Arrays.stream(rounds).mapToDouble(round -> round[column]).sorted().toArray();
      medians[i] = sorted[sorted.length / 2];
    }
    StepReport report = step();
    return String.format(
        Locale.ROOT,
        "%d of %d samples | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.2f",
        report.products(),
        report.curvatureSamples(),
        report.evaluations(),
        medians[0],
        medians[1],
        medians[2],
        medians[3],
        medians[4],
        medians[5]);
  }

  /** Milliseconds of the parts and the step, and the step's share of their sum, a row a round. */
  private double[][] rounds(int seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    double[][] rounds = new double[16][];
    int count = 0;
    while (count < LEAST_ROUNDS || System.nanoTime() < end) {
      if (count == rounds.length) {
        rounds = Arrays.copyOf(rounds, 2 * count);
      }
      rounds[count++] = round();
    }
    return Arrays.copyOf(rounds, count);
  }

  private double[] round() {
    long before = System.nanoTime();
    StepReport report = step();
    double step = (System.nanoTime() - before) * 1e-6;
    double[] parts = parts(report);
    return new double[] {
      parts[0], parts[1], parts[2], parts[3], step, step / Arrays.stream(parts).sum()
    };
  }

  private StepReport step() {
    optimizer.restore(start);
    return optimizer.step(workload.batch());
  }

  /** Gradient, forward pass and diagonal of the curvature's batch, products, evaluations. */
  private double[] parts(StepReport report) {
    Objective objective = workload.objective();
    FlatVector theta = start.theta();
    Batch batch = workload.batch();
    int samples = report.curvatureSamples();
    double[] times = new double[4];
    long lap = System.nanoTime();
    try (Linearization linearization = objective.linearize(theta, batch)) {
      linearization.gradient(result);
    }
    lap = add(times, 0, lap);
    Batch curvature = samples == batch.size() ? batch : batch.samples(1, samples + 1);
    try (Linearization linearization = objective.linearize(theta, curvature)) {
      int products = report.products() + diagonal(linearization);
      lap = add(times, 1, lap);
      for (int i = 0; i < products; i++) {
        linearization.ggnVectorProduct(workload.direction(), result);
      }
      lap = add(times, 2, lap);
    }
    for (int i = 0; i < report.evaluations(); i++) {
      objective.evaluate(theta, batch);
    }
    add(times, 3, lap);
    return times;
  }

  /**
   * Computes the diagonal of dense layers; where it is estimated, returns the products it takes.
   */
  private int diagonal(Linearization linearization) {
    PreconditionerSource source = optimizer.options().preconditionerSource();
    if (source == PreconditionerSource.HUTCHINSON || source == PreconditionerSource.KRONECKER) {
      return 1;
    }
    Optional<CurvatureFactor> factor = linearization.ggnFactor();
    factor.filter(CurvatureFactor::isLayered).ifPresent(layered -> layered.diagonal(result));
    return 0;
  }

  private static long add(double[] times, int part, long since) {
    long now = System.nanoTime();
    times[part] += (now - since) * 1e-6;
    return now;
  }
}
