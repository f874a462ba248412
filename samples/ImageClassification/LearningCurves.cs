using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace NetGen.Samples;

/// <summary>Loss and accuracy of every epoch, for training and validation, as a picture.</summary>
internal static class LearningCurves
{
    private const int SpaceForNumbers = 75;

    /// <summary>Draws the two pairs of curves side by side.</summary>
    /// <param name="history">What training has reported.</param>
    /// <param name="title">What was trained on what.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(History history, string title, string path)
    {
        Multiplot picture = new() { Layout = new ScottPlot.MultiplotLayouts.Columns() };
        picture.AddPlots(2);
        Draw(picture.GetPlot(0), history, "loss", $"{title}: loss", Alignment.UpperRight);
        Draw(picture.GetPlot(1), history, "accuracy", $"{title}: accuracy", Alignment.LowerRight);
        picture.SavePng(path, 1200, 500);
    }

    private static void Draw(Plot plot, History history, string result, string title, Alignment legend)
    {
        AddCurve(plot, history[result], "training, on altered images", Colors.C0);
        AddCurve(plot, history["val_" + result], "validation", Colors.C1);
        plot.Title(title);
        plot.XLabel("epoch");
        plot.YLabel(result);
        plot.Axes.Left.MinimumSize = SpaceForNumbers;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.ShowLegend(legend);
    }

    private static void AddCurve(Plot plot, IReadOnlyList<double> values, string name, Color colour)
    {
        double[] epochs = [.. Enumerable.Range(1, values.Count)];
        Scatter curve = plot.Add.Scatter(epochs, [.. values], colour);
        curve.LegendText = name;
        curve.LineWidth = 2;
        curve.MarkerSize = 6;
    }
}
