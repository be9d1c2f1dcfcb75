package io.github.sgn4j.optimizer;

/** How the damping goes when the trust region is off (the reference's RHO_DECAY). */
public enum DampingSchedule {
  /** Always the initial damping (const). */
  CONSTANT,
  /** From the initial damping to the floor, linearly (linear). */
  LINEAR,
  /** From the initial damping to the floor, along a quarter of a cosine (cos). */
  COSINE
}
