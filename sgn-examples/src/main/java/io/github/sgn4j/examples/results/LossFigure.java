package io.github.sgn4j.examples.results;

import io.github.sgn4j.examples.IoReasons;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss against training seconds, both on logarithmic axes, a curve per run. */
public final class LossFigure {

  /** Okabe and Ito's colours: told apart by colour-blind readers too. */
  private static final Color[] COLOURS = {
    new Color(0xD55E00),
    new Color(0x0072B2),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9)
  };

  private static final int WIDTH = 900;
  private static final int HEIGHT = 600;

  /** More points than this per curve than pixels to show them. */
  private static final int MOST_POINTS = 400;

  private final XYChart chart;
  private double lowestStart = Double.POSITIVE_INFINITY;
  private int curves;

  /** An empty figure. */
  public LossFigure(String title, String lossName) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("training time [s]")
            .yAxisTitle(lossName)
            .build();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(true)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18))
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    chart.getStyler().setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
  }

  /**
   * Adds a curve. Points that a logarithmic axis cannot show (not finite or not positive) are left
   * out; a curve without any other is left out, too.
   *
   * @param seconds training seconds, ascending
   * @param losses as many losses
   */
  public LossFigure curve(String name, List<Double> seconds, List<Double> losses) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    double nextLog = Double.NEGATIVE_INFINITY;
    double spacing =
        seconds.isEmpty()
            ? 0
            : Math.log(seconds.get(seconds.size() - 1) / seconds.get(0)) / MOST_POINTS;
    for (int i = 0; i < seconds.size(); i++) {
      double time = seconds.get(i);
      double loss = losses.get(i);
      boolean last = i == seconds.size() - 1;
      if (time > 0 && loss > 0 && Double.isFinite(loss) && (Math.log(time) >= nextLog || last)) {
        x.add(time);
        y.add(loss);
        nextLog = Math.log(time) + spacing;
      }
    }
    if (!x.isEmpty()) {
      XYSeries series = chart.addSeries(name, x, y);
      series.setMarker(SeriesMarkers.NONE);
      series.setLineColor(COLOURS[curves % COLOURS.length]);
      series.setLineStyle(new BasicStroke(2.2f));
      lowestStart = Math.min(lowestStart, y.get(0));
    }
    curves++;
    return this;
  }

  /**
   * Draws the figure.
   *
   * @param file where; replaced if it exists
   * @throws OutputException if it cannot be written
   */
  public void writePng(Path file) {
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(draw(), "png", png);
      AtomicFile.write(file, png.toByteArray());
    } catch (IOException e) {
      throw new OutputException("Cannot write " + file + ": " + IoReasons.of(e) + ".", e);
    }
  }

  private BufferedImage draw() {
    if (Double.isFinite(lowestStart)) {
      // A diverging curve leaves the figure at the top instead of squeezing the others.
      chart.getStyler().setYAxisMax(Math.pow(10, Math.ceil(Math.log10(lowestStart))));
    }
    try {
      return BitmapEncoder.getBufferedImage(chart);
    } catch (LinkageError | InternalError e) {
      // What Java throws on a machine without fonts, or without the libraries that read them.
      throw new OutputException(
          "Cannot draw the figure: Java finds no fonts on this machine.\n"
              + "Install fontconfig and a font such as DejaVu.",
          e);
    }
  }
}
