package io.github.sgn4j.kronecker;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.solver.Preconditioner;
import java.util.ArrayList;
import java.util.List;

/**
 * A preconditioner M that is the inverse of a Kronecker product for each parameter, so that
 * curvature that parameters of a layer share is taken out of a system, not only each parameter's
 * own. Any graph has one: it is made of probes h = A^T z, with C = A^T A the curvature and z random
 * signs, so that E[h h^T] = C. With H the part of h that belongs to a parameter, seen as a matrix,
 *
 * <pre>
 * M^-1 = (A / sqrt(t) + pi sqrt(rho) I) (x) (B / sqrt(t) + sqrt(rho) / pi I),
 * A = E[H H^T],  B = E[H^T H],  t = trace(A) = trace(B),  pi^2 = columns / rows
 * </pre>
 *
 * <p>with expectations replaced by moving averages over steps. Were C a Kronecker product, A and B
 * would be its factors but for scale. The form is that of Kronecker-factored approximate curvature
 * (Martens and Grosse 2015), which takes A from a layer's inputs and B from its adjoints; sums of H
 * H^T of gradients are what Shampoo (Gupta, Koren and Singer 2018) conditions by.
 *
 * <p>Inverses are made anew after 1, 2, 4, 8, ... updates, then at intervals. The first {@value
 * #EARLY_PROBES} updates take a probe each, later ones one in {@value #PROBE_SPACING}: averages
 * over many change slowly. A probe counts from the update after its own on, so that nothing needs
 * to be kept twice. Of a large side only the diagonal is taken, {@link KroneckerLimits}. Runs on
 * the host's backend only. Serves one thread at a time.
 */
public final class KroneckerPreconditioner implements Preconditioner {

  static final int EARLY_PROBES = 32;
  static final int PROBE_SPACING = 4;

  private final Precision precision;
  private final ParameterSpace parameters;
  private final double decay;
  private final int interval;
  private final KroneckerLimits limits;
  private final FlatVector scaled;
  private final List<KroneckerBlock> blocks = new ArrayList<>();
  // All sides that are diagonals in one vector of factors, applied in a single pass.
  private FlatVector diagonals;
  private FlatVector nextDiagonals;
  private long count;
  private boolean pending;
  private boolean pendingProbe;
  private boolean pendingInverse;

  /**
   * M = I until the update after the first that stands.
   *
   * @param decay weight of the past in the moving averages, in [0, 1)
   * @param interval updates from one inversion to the next in the end, at least 1
   */
  public KroneckerPreconditioner(
      Precision precision, ParameterSpace parameters, double decay, int interval) {
    this(precision, parameters, decay, interval, KroneckerLimits.of(parameters));
  }

  /**
   * The same with other limits of its sides.
   *
   * @param limits up to what size a side is a whole matrix; one of n rows takes 3 n squared numbers
   */
  public KroneckerPreconditioner(
      Precision precision,
      ParameterSpace parameters,
      double decay,
      int interval,
      KroneckerLimits limits) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay = " + decay + ": must be in [0, 1)");
    }
    if (interval < 1) {
      throw new IllegalArgumentException("interval = " + interval + ": must be at least 1");
    }
    this.precision = precision;
    this.parameters = parameters;
    this.decay = decay;
    this.interval = interval;
    this.limits = limits;
    this.scaled = FlatVector.zeros(precision, parameters.dimension());
  }

  /** Whether the running backend is the host's. */
  public static boolean isAvailable() {
    return Backend.isHost();
  }

  /** Room is made when it is first needed: not every model has probes. */
  private void makeBlocks() {
    if (!blocks.isEmpty()) {
      return;
    }
    int elements = 1;
    int matrixRows = 1;
    for (Parameter parameter : parameters.all()) {
      int rows = KroneckerBlock.rows(parameter.shape());
      int columns = parameter.length() / rows;
      int mostRows = limits.rowsBeside(columns);
      elements = Math.max(elements, KroneckerSide.elements(rows, mostRows));
      elements = Math.max(elements, KroneckerSide.elements(columns, limits.columns()));
      matrixRows = rows <= mostRows ? Math.max(matrixRows, rows) : matrixRows;
      matrixRows = columns <= limits.columns() ? Math.max(matrixRows, columns) : matrixRows;
    }
    diagonals = scaled.like();
    nextDiagonals = scaled.like();
    KroneckerSide.Scratch scratch = new KroneckerSide.Scratch(elements, matrixRows);
    List<KroneckerBlock> made = new ArrayList<>();
    for (Parameter parameter : parameters.all()) {
      made.add(new KroneckerBlock(parameter, precision, limits, scratch));
    }
    // All or none: where memory runs out half way, the next step begins anew.
    blocks.addAll(made);
  }

  /**
   * Takes a probe in if it is time to, for the steps to come, and makes inverses of those before
   * anew if it is time to, for this step's {@link #apply}. Nothing of it stands before {@link
   * #commit}.
   *
   * @param probe h, finite; read only, and only if {@link #takesProbe}; null otherwise
   * @param damping rho, 0 or more
   * @param scaling the diagonal of D in the damping rho D, of which each parameter takes the mean;
   *     null for I
   * @param ridge a diagonal that the curvature has beside A^T A, of which each parameter takes the
   *     mean; null for none
   * @throws IllegalArgumentException if a vector is of another precision or dimension
   */
  public void update(FlatVector probe, double damping, FlatVector scaling, FlatVector ridge) {
    undo();
    // Here and not in commit, where nothing may fail any more.
    makeBlocks();
    pending = true;
    pendingProbe = takesProbe();
    if (pendingProbe) {
      scaled.assign(probe);
      scaled.scale(Math.sqrt(1 - decay));
    }
    if (!isTimeToInvert()) {
      return;
    }
    double correction = 1 / (1 - Math.pow(decay, (double) probes()));
    for (int i = 0; i < blocks.size(); i++) {
      KroneckerBlock block = blocks.get(i);
      double rho = scaling == null ? damping : damping * block.mean(scaling);
      block.invert(correction, ridge == null ? rho : rho + block.mean(ridge));
      block.diagonals(nextDiagonals, true);
    }
    pendingInverse = true;
  }

  /** Whether the next update takes a probe. */
  public boolean takesProbe() {
    return count < EARLY_PROBES || count % PROBE_SPACING == 0;
  }

  /** Of the updates that stand, those that took one. */
  private long probes() {
    // Of the numbers below count, those that are early or a multiple of the spacing.
    return count <= EARLY_PROBES
        ? count
        : EARLY_PROBES + (count - 1) / PROBE_SPACING - (EARLY_PROBES - 1) / PROBE_SPACING;
  }

  /**
   * At first at ever longer intervals: early averages change by the step, and inverses are dear.
   */
  private boolean isTimeToInvert() {
    return count < interval ? Long.bitCount(count) == 1 : count % interval == 0;
  }

  /** The last update stands. */
  public void commit() {
    if (pending) {
      if (pendingInverse) {
        FlatVector before = diagonals;
        diagonals = nextDiagonals;
        nextDiagonals = before;
      }
      for (int i = 0; i < blocks.size(); i++) {
        if (pendingInverse) {
          blocks.get(i).commit();
        }
        if (pendingProbe) {
          blocks.get(i).average(scaled, decay);
        }
      }
      count++;
    }
    undo();
  }

  /** The last update, if it does not stand yet, is as if it had not been. */
  public void undo() {
    pending = false;
    pendingInverse = false;
  }

  @Override
  public void apply(FlatVector r, FlatVector y) {
    if (isIdentity()) {
      y.assign(r);
      return;
    }
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).apply(r, y, pendingInverse);
    }
    y.multiply(pendingInverse ? nextDiagonals : diagonals);
  }

  @Override
  public boolean isIdentity() {
    return count == 0;
  }

  /** What the next update goes on from, and M; a copy. */
  public Memory memory() {
    int length = count == 0 ? 0 : length();
    Memory memory =
        new Memory(FlatVector.zeros(precision, length), FlatVector.zeros(precision, length), count);
    int start = 0;
    for (int i = 0; i < blocks.size() && count > 0; i++) {
      blocks.get(i).save(memory.averages, memory.inverses, start);
      start += (int) blocks.get(i).elements();
    }
    return memory;
  }

  private int length() {
    makeBlocks();
    return Math.toIntExact(blocks.stream().mapToLong(KroneckerBlock::elements).sum());
  }

  /**
   * Fails unless {@link #restore} takes this memory.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void check(Memory memory) {
    int expected = memory.count == 0 ? 0 : length();
    for (FlatVector vector : List.of(memory.averages, memory.inverses)) {
      if (memory.count < 0 || vector.length() != expected || vector.precision() != precision) {
        throw new IllegalArgumentException(
            String.format(
                "a Kronecker preconditioner after %d updates has %d numbers of %s here; the state's"
                    + " has %d of %s; take the state from an optimizer of the same kind and options",
                memory.count, expected, precision, vector.length(), vector.precision()));
      }
    }
  }

  /**
   * Goes on from there.
   *
   * @param memory copied
   * @throws IllegalArgumentException if it is of another precision or other parameters
   */
  public void restore(Memory memory) {
    check(memory);
    undo();
    count = memory.count;
    if (count == 0) {
      blocks.clear();
      return;
    }
    int start = 0;
    for (KroneckerBlock block : blocks) {
      block.restore(memory.averages, memory.inverses, start);
      block.diagonals(diagonals, false);
      start += (int) block.elements();
    }
  }

  /**
   * The state between two updates.
   *
   * @param averages of both sides of each parameter, not corrected for their start at 0; empty
   *     before the first update
   * @param inverses of the same
   * @param count updates that stand
   */
  public record Memory(FlatVector averages, FlatVector inverses, long count) {}
}
