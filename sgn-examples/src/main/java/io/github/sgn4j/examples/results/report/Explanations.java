package io.github.sgn4j.examples.results.report;

/** How to read tables and curves. */
final class Explanations {

  /** Below the curves. */
  static final String CURVES =
      "Lines: means over the runs that are done; bands: from the lowest to the highest of them; thin"
          + " lines that end with a cross: runs that diverged or did not come to their end. Drag to"
          + " zoom, double-click to reset.";

  /** For those who want to know. */
  static final String MORE_ON_CURVES =
      "Means are over the same number of epochs, up to the last one that all runs reached, and stand"
          + " at the mean seconds until then. Train losses are means over the steps of an epoch, with"
          + " the penalty of weight decay where there is one; the table's are without. Test values"
          + " are those of the network that would have been handed out then: the average of the"
          + " iterates where that is better, else the last one. Missing or non-finite numbers leave gaps. What"
          + " diverges leaves the chart at the top. Curves of more than "
          + Curve.MOST_POINTS
          + " epochs are thinned, half of the points evenly spaced, half in proportion to the epoch;"
          + " the bands keep the extremes of the epochs left out.";

  private Explanations() {}

  /** Of a table of results. */
  static String results(ResultsTable table) {
    return "Mean ± sample standard deviation over the runs that are done. Losses and accuracies are"
        + " those of the network that was handed out, over the whole train and test part"
        + (table.hasEpochValues()
            ? "; of runs that did not evaluate it, those of the last epoch."
            : ".");
  }

  /** Of the curves of SGN's steps. */
  static String steps(int stepsPerPoint) {
    return "The same legend applies. Lines are means over the runs, bands from the lowest to the"
        + " highest"
        + (stepsPerPoint == 1
            ? "."
            : "; a point stands for up to " + stepsPerPoint + " consecutive steps.");
  }

  /** Of the published runs. */
  static String published(PublishedCurves published, boolean sameNetwork) {
    return "Published runs are dashed: "
        + published.source()
        + (sameNetwork
            ? " Of each solver the one with the lowest train loss is shown at first. Their seconds"
                + " are those of other hardware; the axis ends where ours end."
            : " They trained another network and are hidden at first.");
  }
}
