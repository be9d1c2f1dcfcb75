package io.github.sgn4j.damping;

/**
 * By what a policy that follows the gain ratio multiplies what it adapts. The ratios at which it
 * does, 1/4 and 3/4, are those of Nocedal and Wright, algorithm 4.1.
 *
 * @param growth after an accepted step whose ratio is below 1/4; finite, at least 1
 * @param decay after an accepted step whose ratio is above 3/4; above 0, at most 1
 * @param rejection after a rejected or invalid step; finite, at least 1
 */
public record GainRatioFactors(double growth, double decay, double rejection) {

  /** 3/2, 2/3 and 3/2: the reference implementation's trust region. */
  public static final GainRatioFactors REFERENCE = new GainRatioFactors(3.0 / 2, 2.0 / 3, 3.0 / 2);

  /** Checks the ranges. */
  public GainRatioFactors {
    Ranges.atLeastOne("growth", growth);
    Ranges.atLeastOne("rejection", rejection);
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException("decay = " + decay + ": must be above 0 and at most 1");
    }
  }

  /** These factors, but that one after a rejected or invalid step. */
  public GainRatioFactors withRejection(double value) {
    return new GainRatioFactors(growth, decay, value);
  }
}
