package io.github.sgn4j.examples.cli;

import io.github.sgn4j.optimizer.DampingRule;
import io.github.sgn4j.optimizer.PreconditionerSource;
import io.github.sgn4j.optimizer.SgnOptions;
import java.util.Map;

/** SGN's options in a run's configuration, under the names of the command line. */
final class SgnDescription {

  private SgnDescription() {}

  /** Adds these options, those that the loss settles settled, to a run's configuration. */
  static void describe(Map<String, Object> config, SgnSettings.Preset preset, SgnOptions options) {
    boolean share = options.dampingRule() == DampingRule.GRADIENT_NORM;
    config.put("preset", OptionText.of(preset));
    config.put("damping_rule", OptionText.of(options.dampingRule()));
    config.put(share ? "kappa" : "rho", options.damping());
    config.put(share ? "kappa_min" : "rho_min", options.minDamping());
    config.put("rho_schedule", schedule(options));
    config.put("k", options.scheduleSteps());
    config.put("tr", options.trustRegion());
    config.put("curvature", OptionText.of(options.curvature()));
    config.put("curvature_samples", options.curvatureSamples());
    config.put("beta", options.beta());
    config.put("linear_solver", OptionText.of(options.solver()));
    config.put("cg_max_iter", options.cgMaxIterations());
    config.put("cg_min_iter", options.cgMinIterations());
    config.put("k_cg", options.cgSwitchStep());
    config.put("cg_tol", options.cgTolerance());
    config.put("cg_rel_tol", options.cgRelativeTolerance());
    config.put("cg_progress", options.cgProgress());
    config.put("cg_backtracking", options.cgBacktracking());
    config.put("warm_start", options.warmStart());
    config.put("cg_prec", options.preconditioner());
    config.put(
        "precond",
        options.preconditioner() ? OptionText.of(options.preconditionerSource()) : "none");
    config.put("alpha_exp", options.preconditionerExponent());
    config.put("precond_average", options.preconditionerAverage());
    // Of kronecker's alone: other runs are the same whatever it is.
    if (options.preconditioner()
        && options.preconditionerSource() == PreconditionerSource.KRONECKER) {
      config.put("precond_interval", options.preconditionerInterval());
    }
    config.put("alpha", options.stepSize());
    config.put("step_rule", OptionText.of(options.stepRule()));
    config.put("step_schedule", options.stepSchedule().toString());
    config.put("ls", options.lineSearch());
    config.put("c_ls", options.armijoConstant());
    config.put("rho_ls", options.backtrackingFactor());
    config.put("max_ls_iter", options.maxBacktracks());
    config.put("reject", options.rejectIncrease());
  }

  private static String schedule(SgnOptions options) {
    return switch (options.dampingSchedule()) {
      case CONSTANT -> "const";
      case LINEAR -> "linear";
      case COSINE -> "cos";
    };
  }
}
