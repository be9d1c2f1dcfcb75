package io.github.sgn4j.damping;

/**
 * Nielsen's damping (Nielsen 1999; Madsen, Nielsen and Tingleff 2004, algorithm 3.16), a smooth
 * function of the gain ratio r instead of thresholds, that grows ever faster while steps fail:
 *
 * <pre>
 * accepted:          rho = rho max(1/3, 1 - (2 r - 1)^3), nu = 2
 * rejected, invalid: rho = rho nu, nu = 2 nu
 * </pre>
 *
 * <p>rho stays within [floor, ceiling]. Nielsen accepts a step if r &gt; 0; one that was kept all
 * the same (a shorter one than the step that the ratio is for) counts as r = 0 and doubles rho. A
 * NaN ratio leaves rho alone.
 *
 * <p>When to use: with steps that may be rejected; without rejections it rises by 2 at most.
 */
public final class NielsenDamping implements DampingPolicy {

  /** The least damping unless another is given. */
  public static final double FLOOR = 1e-12;

  /** The largest damping unless another is given. */
  public static final double CEILING = 1e12;

  private static final double FASTEST_DECAY = 1.0 / 3;
  private static final double FIRST_GROWTH = 2;

  private final double floor;
  private final double ceiling;
  private double damping;
  private double growth = FIRST_GROWTH;

  /**
   * The policy before its first step, within [{@value #FLOOR}, {@value #CEILING}].
   *
   * @param initial Nielsen's tau max(diag G), say
   */
  public NielsenDamping(double initial) {
    this(initial, FLOOR, CEILING);
  }

  /**
   * The policy before its first step.
   *
   * @param initial in [floor, ceiling]
   * @param floor above 0
   * @param ceiling finite, at least floor
   */
  public NielsenDamping(double initial, double floor, double ceiling) {
    this.floor = Ranges.positive("floor", floor);
    this.ceiling = Ranges.atLeast(floor, "ceiling", Ranges.nonNegative("ceiling", ceiling));
    this.damping = checked(initial);
  }

  private double checked(double value) {
    Ranges.nonNegative("damping", value);
    return Ranges.atMost(ceiling, "damping", Ranges.atLeast(floor, "damping", value));
  }

  @Override
  public double at(long step, double gradientNorm) {
    return damping;
  }

  @Override
  public double current() {
    return damping;
  }

  /** rho and nu. */
  @Override
  public double[] memory() {
    return new double[] {damping, growth};
  }

  @Override
  public void restore(double... memory) {
    if (memory.length != 2) {
      throw new IllegalArgumentException(
          "Nielsen's damping carries 2 numbers between steps, not " + memory.length);
    }
    double value = checked(memory[0]);
    growth = Ranges.atLeast(FIRST_GROWTH, "nu", Ranges.nonNegative("nu", memory[1]));
    damping = value;
  }

  /** nu is 2 again: what failed before failed with another damping. */
  @Override
  public void set(double value) {
    damping = checked(value);
    growth = FIRST_GROWTH;
  }

  @Override
  public boolean usesGainRatio() {
    return true;
  }

  @Override
  public void accepted(double gainRatio) {
    growth = FIRST_GROWTH;
    if (!Double.isNaN(gainRatio)) {
      double distance = 2 * Math.max(gainRatio, 0) - 1;
      double factor = Math.max(FASTEST_DECAY, 1 - distance * distance * distance);
      damping = Math.max(floor, Math.min(factor * damping, ceiling));
    }
  }

  @Override
  public void rejected(double gainRatio) {
    grow();
  }

  @Override
  public void invalid() {
    grow();
  }

  private void grow() {
    damping = Math.min(growth * damping, ceiling);
    growth = Math.min(2 * growth, Double.MAX_VALUE);
  }
}
