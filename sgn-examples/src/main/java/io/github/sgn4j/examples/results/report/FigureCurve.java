package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.report.FigureCanvas.Stroke;
import java.util.ArrayList;
import java.util.List;

/**
 * A curve of a figure.
 *
 * @param name in the legend
 * @param look number of its colour and marker
 * @param kind what it is of
 * @param x ascending
 * @param y as many; null and NaN leave gaps
 */
record FigureCurve(String name, int look, Kind kind, List<Double> x, List<Double> y) {

  /** Of what a curve is. */
  enum Kind {
    /** Runs of ours that are done. */
    MEAN,
    /** One that is not. */
    BROKEN,
    /** Published runs. */
    PUBLISHED
  }

  /** The page's colours, after Okabe and Ito. */
  private static final List<String> COLOURS =
      List.of("#d55e00", "#0072b2", "#00805d", "#b85c8e", "#a87000", "#2f8fcb");

  private static final int MARKERS = 7;

  /**
   * Without the points that logarithmic axes cannot show and gaps at both ends; fractions in
   * percent.
   *
   * @param fraction whether values are fractions, on a linear axis
   */
  FigureCurve onAxes(boolean fraction) {
    List<Double> newX = new ArrayList<>();
    List<Double> newY = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < x.size(); i++) {
      Double time = x.get(i);
      Double value = y.get(i);
      boolean shown = value != null && Double.isFinite(value) && (fraction || value > 0);
      if (time != null && Double.isFinite(time) && time > 0 && (shown || !newX.isEmpty())) {
        newX.add(time);
        newY.add(
            !shown ? Double.valueOf(Double.NaN) : fraction ? Double.valueOf(100 * value) : value);
        end = shown ? newX.size() : end;
      }
    }
    return new FigureCurve(name, look, kind, newX.subList(0, end), newY.subList(0, end));
  }

  /** Parts without gaps, from an index to below another. */
  List<int[]> unbroken() {
    List<int[]> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= y.size(); i++) {
      if (i == y.size() || Double.isNaN(y.get(i))) {
        if (i > from) {
          parts.add(new int[] {from, i});
        }
        from = i + 1;
      }
    }
    return parts;
  }

  /** Indices of points that get a marker: a few, evenly on a logarithmic axis, or the last. */
  List<Integer> marked() {
    List<Integer> marked = new ArrayList<>();
    int last = x.size() - 1;
    if (kind == Kind.BROKEN) {
      marked.add(last);
    } else if (kind == Kind.MEAN) {
      double step = Math.log(x.get(last) / x.get(0)) / MARKERS;
      double next = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= last; i++) {
        if ((Math.log(x.get(i)) >= next || i == last) && !Double.isNaN(y.get(i))) {
          marked.add(i);
          next = Math.log(x.get(i)) + step;
        }
      }
    }
    return marked;
  }

  boolean dashed() {
    return kind == Kind.PUBLISHED;
  }

  boolean isBroken() {
    return kind == Kind.BROKEN;
  }

  String colour() {
    return COLOURS.get(look % COLOURS.size());
  }

  Stroke stroke() {
    return new Stroke(colour(), isBroken() ? 1.2 : 2.2, dashed());
  }
}
