using ScottPlot;
using ScottPlot.Plottables;

namespace NetGen.Samples;

/// <summary>A series with its forecasts, as a picture.</summary>
internal static class ForecastPicture
{
    private const int SeasonsBefore = 4;

    /// <summary>Draws the unknown part with some seasons before it.</summary>
    /// <param name="series">The series.</param>
    /// <param name="forecast">What the network says.</param>
    /// <param name="naive">What the seasonal naive forecast says.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(Series series, Forecast forecast, Forecast naive, string path)
    {
        PlotFonts.Choose();
        Plot plot = new();
        int first = Math.Max(series.Known - (SeasonsBefore * series.Season), 0);
        AddCurve(plot, first, series.Values[first..], "truth", Colors.Black);
        AddCurve(plot, series.Known, naive.FreeRunning, "season before, repeated", Colors.LightGray);
        AddCurve(plot, series.Known, forecast.OneStep, "one step ahead", Colors.C0);
        AddCurve(plot, series.Known, forecast.FreeRunning, "free-running", Colors.C1);
        plot.Add.VerticalLine(series.Known - 0.5, color: Colors.Gray, pattern: LinePattern.Dashed);
        plot.Title($"Forecast of {series.Name}");
        plot.XLabel("step");
        plot.YLabel(series.Unit);
        plot.ShowLegend(Alignment.UpperLeft);
        plot.SavePng(path, 1200, 500);
    }

    private static void AddCurve(Plot plot, int first, float[] values, string name, Color colour)
    {
        Scatter curve = plot.Add.ScatterLine(Enumerable.Range(first, values.Length).Select(i => (double)i).ToArray(), values, colour);
        curve.LegendText = name;
        curve.LineWidth = 2;
    }
}
