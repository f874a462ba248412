using ScottPlot;
using ScottPlot.Panels;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace NetGen.Samples;

/// <summary>A confusion matrix as a picture: a row for each true class, its counts in the cells, which are the darker the larger their part of the row.</summary>
internal static class ConfusionPicture
{
    /// <summary>Draws the matrix.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="names">The names of the classes.</param>
    /// <param name="title">What was trained on what.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(ConfusionMatrix matrix, IReadOnlyList<string> names, string title, string path)
    {
        Plot plot = new();
        double[,] shares = new double[matrix.Classes, matrix.Classes];
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            for (int answer = 0; answer < matrix.Classes; answer++)
            {
                shares[truth, answer] = (double)matrix[truth, answer] / Math.Max(matrix.CountOf(truth), 1);
                AddCount(plot, matrix[truth, answer], answer, matrix.Classes - 1 - truth, shares[truth, answer]);
            }
        }

        // The map stands below the counts.
        Heatmap map = plot.Add.Heatmap(shares);
        plot.MoveToBack(map);
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.ManualRange = new ScottPlot.Range(0, 1);
        ColorBar scale = plot.Add.ColorBar(map);
        scale.Label = "part of the true class";
        scale.MinimumSize = 100; // Room for the label beside the numbers.
        scale.Axis.TickGenerator = new NumericFixedInterval(0.25);
        double[] places = [.. Enumerable.Range(0, matrix.Classes).Select(place => (double)place)];
        plot.Axes.Bottom.SetTicks(places, [.. names]);
        plot.Axes.Left.SetTicks(places, [.. names.Reverse()]);
        plot.Axes.SetLimits(-0.5, matrix.Classes - 0.5, -0.5, matrix.Classes - 0.5);
        plot.HideGrid();
        plot.Title($"{title}: {matrix.Right} of {matrix.Total} right");
        plot.XLabel("answer of the network");
        plot.YLabel("truth");
        plot.SavePng(path, 900, 800);
    }

    private static void AddCount(Plot plot, int count, double x, double y, double share)
    {
        if (count == 0) return; // What is empty shows what is not.
        Text text = plot.Add.Text($"{count}", x, y);
        text.LabelAlignment = Alignment.MiddleCenter;
        text.LabelFontSize = 16;
        text.LabelFontColor = share > 0.5 ? Colors.White : Colors.Black;
    }
}
