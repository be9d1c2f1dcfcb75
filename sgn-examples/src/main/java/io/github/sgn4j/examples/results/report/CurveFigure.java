package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.report.FigureCanvas.Anchor;
import io.github.sgn4j.examples.results.report.FigureCanvas.Stroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Curves against seconds on a logarithmic axis, for files: losses on a logarithmic axis too,
 * fractions on a linear one in percent. A configuration has a colour and a marker; published runs
 * are dashed.
 */
final class CurveFigure {

  /** Room around the plot for title, axes and their names. */
  private static final int LEFT = 86;

  private static final int RIGHT = 24;
  private static final int TOP = 46;
  private static final int PLOT_HEIGHT = 380;
  private static final int BELOW_PLOT = 62;
  private static final int LEGEND_ROW = 22;
  static final int WIDTH = 900;

  private static final int TITLE_SIZE = 17;
  private static final int TEXT_SIZE = 13;
  private static final int LONGEST_LABEL = 58;
  private static final Stroke GRID = new Stroke("#e3e6ea", 1, false);
  private static final Stroke FRAME = new Stroke("#8a929c", 1, false);

  private final String title;
  private final String valueName;
  private final boolean fraction;
  private final List<FigureCurve> curves = new ArrayList<>();
  private FigureAxis xAxis;
  private FigureAxis yAxis;

  /** An empty figure. */
  CurveFigure(String title, String valueName, boolean fraction) {
    this.title = title;
    this.valueName = fraction ? valueName + " [%]" : valueName;
    this.fraction = fraction;
  }

  /** Adds a curve, unless there is nothing of it that the axes can show. */
  void add(FigureCurve curve) {
    FigureCurve shown = curve.onAxes(fraction);
    if (!shown.x().isEmpty()) {
      curves.add(shown);
    }
  }

  /** Height of the whole figure. */
  int height() {
    return TOP + PLOT_HEIGHT + BELOW_PLOT + LEGEND_ROW * ((curves.size() + 1) / 2) + 8;
  }

  /** What the figure is called. */
  String title() {
    return title;
  }

  /** Draws it. */
  void draw(FigureCanvas canvas) {
    fitAxes();
    canvas.text(WIDTH / 2.0, TOP - 20, title, Anchor.MIDDLE, TITLE_SIZE, true);
    axes(canvas);
    canvas.beginClip(LEFT, TOP, plotWidth(), PLOT_HEIGHT);
    curves.forEach(curve -> line(canvas, curve));
    canvas.endClip();
    curves.forEach(curve -> markers(canvas, curve));
    for (int i = 0; i < curves.size(); i++) {
      legend(canvas, curves.get(i), i);
    }
  }

  /**
   * The horizontal axis is as long as our curves; what diverges leaves at the top, a decade above
   * the lowest start and the ends of runs that are done.
   */
  private void fitAxes() {
    List<FigureCurve> ours = curves.stream().filter(curve -> !curve.dashed()).toList();
    List<FigureCurve> leading = ours.isEmpty() ? curves : ours;
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    double start = Double.POSITIVE_INFINITY;
    double end = 0;
    for (FigureCurve curve : leading) {
      first = Math.min(first, curve.x().get(0));
      last = Math.max(last, curve.x().get(curve.x().size() - 1));
      start = Math.min(start, curve.y().get(0));
      end = curve.isBroken() ? end : Math.max(end, curve.y().get(curve.y().size() - 1));
    }
    xAxis = FigureAxis.around(first, last, true);
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (FigureCurve curve : curves) {
      for (int i = 0; i < curve.x().size(); i++) {
        double y = curve.y().get(i);
        if (curve.x().get(i) >= xAxis.from()
            && curve.x().get(i) <= xAxis.to()
            && !Double.isNaN(y)) {
          lowest = Math.min(lowest, y);
          highest = Math.max(highest, y);
        }
      }
    }
    double cap =
        fraction ? highest : Math.pow(10, Math.ceil(Math.log10(Math.max(start, end)) + 0.05));
    yAxis = FigureAxis.around(lowest, Math.max(lowest, Math.min(highest, cap)), !fraction);
  }

  private void axes(FigureCanvas canvas) {
    double bottom = TOP + PLOT_HEIGHT;
    for (Map.Entry<Double, String> tick : xAxis.ticks().entrySet()) {
      double x = x(tick.getKey());
      canvas.line(new double[] {x, x}, new double[] {TOP, bottom}, GRID);
      canvas.text(x, bottom + 18, tick.getValue(), Anchor.MIDDLE, TEXT_SIZE, false);
    }
    for (Map.Entry<Double, String> tick : yAxis.ticks().entrySet()) {
      double y = y(tick.getKey());
      canvas.line(new double[] {LEFT, LEFT + plotWidth()}, new double[] {y, y}, GRID);
      canvas.text(LEFT - 8, y + 4, tick.getValue(), Anchor.END, TEXT_SIZE, false);
    }
    double right = LEFT + plotWidth();
    canvas.line(
        new double[] {LEFT, right, right, LEFT, LEFT},
        new double[] {TOP, TOP, bottom, bottom, TOP},
        FRAME);
    double middle = LEFT + plotWidth() / 2;
    canvas.text(middle, bottom + 40, "training time [s]", Anchor.MIDDLE, TEXT_SIZE + 1, false);
    canvas.textUpwards(22, TOP + PLOT_HEIGHT / 2.0, valueName, TEXT_SIZE + 1);
  }

  private void line(FigureCanvas canvas, FigureCurve curve) {
    for (int[] part : curve.unbroken()) {
      double[] x = new double[part[1] - part[0]];
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = x(curve.x().get(part[0] + i));
        y[i] = y(curve.y().get(part[0] + i));
      }
      canvas.line(x, y, curve.stroke());
    }
  }

  private void markers(FigureCanvas canvas, FigureCurve curve) {
    for (int i : curve.marked()) {
      double y = y(curve.y().get(i));
      boolean above = y < TOP;
      if (!above || curve.isBroken()) {
        FigureMarker.of(curve).draw(canvas, x(curve.x().get(i)), Math.max(TOP, y), curve.colour());
      }
    }
  }

  private void legend(FigureCanvas canvas, FigureCurve curve, int i) {
    double x = LEFT + (i % 2) * plotWidth() / 2;
    double y = TOP + PLOT_HEIGHT + BELOW_PLOT + LEGEND_ROW * (i / 2);
    canvas.line(new double[] {x, x + 32}, new double[] {y, y}, curve.stroke());
    if (!curve.dashed()) {
      FigureMarker.of(curve).draw(canvas, x + 16, y, curve.colour());
    }
    String name = curve.name();
    canvas.text(
        x + 40,
        y + 4,
        name.length() > LONGEST_LABEL ? name.substring(0, LONGEST_LABEL - 1) + "…" : name,
        Anchor.START,
        TEXT_SIZE,
        false);
  }

  private static double plotWidth() {
    return WIDTH - LEFT - RIGHT;
  }

  private double x(double value) {
    return LEFT + xAxis.position(value) * plotWidth();
  }

  /** Far outside is far enough: huge coordinates upset what reads the file. */
  private double y(double value) {
    double position = Math.max(-10, Math.min(10, yAxis.position(value)));
    return TOP + (1 - position) * PLOT_HEIGHT;
  }
}
