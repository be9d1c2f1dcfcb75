package io.github.sgn4j.plan;

import io.github.sgn4j.nd.Backend;

/** Which kernels a plan may use. */
public enum KernelChoice {
  /** Specialised ones where they fit and the backend computes in host memory. */
  AUTO,
  /** ND4J's ops alone: what other backends get, and what specialised kernels are tested against. */
  GENERIC;

  /** This choice on the running backend. */
  public KernelChoice resolve() {
    return this == AUTO && !Backend.isHost() ? GENERIC : this;
  }
}
