using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace NetGen.Samples;

/// <summary>How training goes with and without what was learnt before, as a picture.</summary>
internal static class TransferCurves
{
    private const int SpaceForNumbers = 75;

    /// <summary>Draws loss and accuracy on the digits that training does not see, side by side.</summary>
    /// <param name="transfer">The epochs of the new head and of fine-tuning, one behind the other.</param>
    /// <param name="scratch">The epochs of the network that begins with random weights.</param>
    /// <param name="tuning">The first epoch of fine-tuning.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(Curve transfer, Curve scratch, int tuning, string path)
    {
        PlotFonts.Choose();
        Multiplot picture = new() { Layout = new ScottPlot.MultiplotLayouts.Columns() };
        picture.AddPlots(2);
        Draw(picture.GetPlot(0), transfer.Losses, scratch.Losses, tuning, "loss", Alignment.UpperRight);
        Draw(picture.GetPlot(1), transfer.Accuracies, scratch.Accuracies, tuning, "accuracy", Alignment.LowerRight);
        picture.SavePng(path, 1200, 500);
    }

    private static void Draw(Plot plot, IReadOnlyList<double> transfer, IReadOnlyList<double> scratch, int tuning, string result, Alignment legend)
    {
        Add(plot, transfer, "with what was learnt from 0 to 4", Colors.C0);
        Add(plot, scratch, "from scratch", Colors.C1);
        VerticalLine line = plot.Add.VerticalLine(tuning + 0.5, 1, Colors.Gray);
        line.LegendText = "from here on the base trains, too";
        plot.Title($"5 to 9 from 20 images each: {result} on others");
        plot.XLabel("epoch");
        plot.YLabel(result);
        plot.Axes.Left.MinimumSize = SpaceForNumbers;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.ShowLegend(legend);
    }

    private static void Add(Plot plot, IReadOnlyList<double> values, string name, Color colour)
    {
        double[] epochs = [.. Enumerable.Range(1, values.Count)];
        Scatter curve = plot.Add.Scatter(epochs, [.. values], colour);
        curve.LegendText = name;
        curve.LineWidth = 2;
        curve.MarkerSize = 5;
    }
}
