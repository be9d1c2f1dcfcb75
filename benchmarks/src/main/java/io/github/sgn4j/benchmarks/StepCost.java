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
import io.github.sgn4j.samediff.ArrayBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a step of {@link SgnOptions#defaults} costs beside its parts done alone: gradient,
 * curvature's forward pass and diagonal, products and evaluations, as many as the step reports. All
 * else is overhead: vectors, and a preconditioner's averages, inverses and products. Steps and
 * parts take turns, so that both meet the same machine. A program, not a benchmark of JMH's, for
 * that reason.
 *
 * <p>Steps are taken in blocks as long as the interval at which factors of the preconditioner are
 * inverted, each from the same state and with one inversion, so that it is spread as in training.
 * The first are not counted: probes and inversions follow each other closely there, and classifiers
 * take another iteration. Batches follow each other as in training, too: on one batch again and
 * again line searches are longer than they are there.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.github.sgn4j.benchmarks.StepCost TABLE.md [NET...]
 * </pre>
 */
public final class StepCost {

  private static final int WARM_UP_SECONDS = 4;
  private static final int SECONDS = 12;
  private static final int LEAST_BLOCKS = 1;
  private static final int BLOCKS_BEFORE = 3;
  private static final int BATCHES = 4;

  private final Workload workload;
  private final List<ArrayBatch> batches;
  private final SgnOptimizer optimizer;
  private final int blockSize;
  private final OptimizerState start;
  private final FlatVector result;

  private StepCost(Workload workload) {
    this.workload = workload;
    batches = workload.learnableBatches(BATCHES);
    Objective objective = workload.objective();
    optimizer = new SgnOptimizer(objective, SgnOptions.defaults());
    blockSize = optimizer.options().preconditionerInterval();
    for (int i = 0; i < BLOCKS_BEFORE * blockSize; i++) {
      optimizer.step(batch(i));
    }
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

  /** Medians over blocks of the means in a block. */
  private String row() {
    blocks(WARM_UP_SECONDS);
    double[][] blocks = blocks(SECONDS);
    double[] medians = new double[blocks[0].length];
    for (int i = 0; i < medians.length; i++) {
      int column = i;
      double[] sorted =
          Arrays.stream(blocks).mapToDouble(block -> block[column]).sorted().toArray();
      medians[i] = sorted[sorted.length / 2];
    }
    return String.format(
        Locale.ROOT,
        "%.1f of %.0f samples | %.1f | %.3f | %.3f | %.3f | %.3f | %.3f | %.2f",
        Arrays.stream(medians).boxed().toArray());
  }

  private double[][] blocks(int seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<double[]> blocks = new ArrayList<>();
    while (blocks.size() < LEAST_BLOCKS || System.nanoTime() < end) {
      blocks.add(block());
    }
    return blocks.toArray(double[][]::new);
  }

  /**
   * Means over a block's steps: products, their samples, evaluations, milliseconds of the parts and
   * of a step, and its share of the parts' sum.
   */
  private double[] block() {
    optimizer.restore(start);
    double products = 0;
    double samples = 0;
    double evaluations = 0;
    double steps = 0;
    double[] parts = new double[4];
    for (int i = 0; i < blockSize; i++) {
      long before = System.nanoTime();
      StepReport report = optimizer.step(batch(i));
      steps += (System.nanoTime() - before) * 1e-6;
      // Of another batch: caches hold this one by now.
      double[] times = parts(report, batch(i + BATCHES / 2));
      Arrays.setAll(parts, part -> parts[part] + times[part]);
      products += report.products();
      samples += report.curvatureSamples();
      evaluations += report.evaluations();
    }
    double[] means = {
      products, samples, evaluations, parts[0], parts[1], parts[2], parts[3], steps, 0
    };
    Arrays.setAll(means, i -> means[i] / blockSize);
    means[8] = steps / Arrays.stream(parts).sum();
    return means;
  }

  private Batch batch(int step) {
    return batches.get(step % BATCHES);
  }

  /** Gradient, forward pass and diagonal of the curvature's batch, products, evaluations. */
  private double[] parts(StepReport report, Batch batch) {
    Objective objective = workload.objective();
    FlatVector theta = optimizer.theta();
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
    if (source == PreconditionerSource.HUTCHINSON) {
      return 1;
    }
    if (source == PreconditionerSource.KRONECKER) {
      // A probe in some steps: left to the overhead.
      return 0;
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
