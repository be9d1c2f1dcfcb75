package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.report.FigureCanvas.Stroke;

/** Shapes by which curves are told apart without their colours; the same as on the page. */
enum FigureMarker {
  CIRCLE(circle()),
  SQUARE(-.85, -.85, .85, -.85, .85, .85, -.85, .85),
  TRIANGLE(0, -1.1, 1.05, .8, -1.05, .8),
  DIAMOND(0, -1.25, 1, 0, 0, 1.25, -1, 0),
  CROSS(
      -.35, -1.1, .35, -1.1, .35, -.35, 1.1, -.35, 1.1, .35, .35, .35, .35, 1.1, -.35, 1.1, -.35,
      .35, -1.1, .35, -1.1, -.35, -.35, -.35),
  WEDGE(0, 1.1, 1.05, -.8, -1.05, -.8),
  /** The end of a run that is not done. */
  STRIKE;

  private static final double RADIUS = 4.5;
  private static final int LOOKS = 6;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to it.
  private final double[] outline;

  FigureMarker(double... outline) {
    this.outline = outline;
  }

  private static double[] circle() {
    int corners = 24;
    double[] outline = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      outline[2 * i] = Math.cos(2 * Math.PI * i / corners);
      outline[2 * i + 1] = Math.sin(2 * Math.PI * i / corners);
    }
    return outline;
  }

  /** A curve's. */
  static FigureMarker of(FigureCurve curve) {
    return curve.isBroken() ? STRIKE : values()[(curve.look() + curve.look() / LOOKS) % LOOKS];
  }

  /** Draws it around a point. */
  void draw(FigureCanvas canvas, double x, double y, String colour) {
    if (this == STRIKE) {
      Stroke stroke = new Stroke(colour, 2, false);
      canvas.line(
          new double[] {x - RADIUS, x + RADIUS}, new double[] {y - RADIUS, y + RADIUS}, stroke);
      canvas.line(
          new double[] {x - RADIUS, x + RADIUS}, new double[] {y + RADIUS, y - RADIUS}, stroke);
      return;
    }
    double[] xs = new double[outline.length / 2];
    double[] ys = new double[outline.length / 2];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = x + RADIUS * outline[2 * i];
      ys[i] = y + RADIUS * outline[2 * i + 1];
    }
    canvas.area(xs, ys, colour, 1);
  }
}
