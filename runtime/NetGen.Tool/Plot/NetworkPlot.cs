using System.Globalization;
using System.Security;
using System.Text;

namespace NetGen.Tool;

/// <summary>The graph of layers as SVG: a box a layer, from the inputs at the top to the outputs at the bottom, parallel branches side by side.</summary>
internal static class NetworkPlot
{
    private const int Width = 260;
    private const int Height = 46;
    private const int GapX = 40;
    private const int GapY = 34;
    private const int Margin = 24;
    private const int Title = 34;

    public static string Svg(string title, IReadOnlyList<PlottedLayer> layers)
    {
        int[] depth = Depths(layers);
        double[] columns = Columns(layers, depth);
        double right = columns.Length == 0 ? 0 : columns.Max();
        int rows = depth.Length == 0 ? 0 : depth.Max() + 1;
        double width = (2 * Margin) + ((right + 1) * Width) + (right * GapX), height = (2 * Margin) + Title + (rows * Height) + (Math.Max(0, rows - 1) * GapY);
        StringBuilder svg = new();
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\" font-family=\"sans-serif\">");
        Line("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#607d8b\"/></marker></defs>");
        Line("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        Line($"<text x=\"{Margin}\" y=\"{Margin + 14}\" font-size=\"16\" font-weight=\"bold\">{Escape(title)}</text>");
        for (int i = 0; i < layers.Count; i++)
        {
            foreach (int input in layers[i].Inputs)
            {
                (double x1, double y1) = (X(input) + (Width / 2), Y(input) + Height);
                (double x2, double y2) = (X(i) + (Width / 2), Y(i));
                bool isLong = depth[i] - depth[input] > 1;

                // An edge past other layers swings out to the side of them.
                double bend = isLong ? X(input) + Width + (GapX * 0.6) : x1;
                string path = isLong
                    ? $"M{N(x1)} {N(y1)} C{N(bend)} {N(y1 + (GapY * 1.5))} {N(bend)} {N(y2 - (GapY * 1.5))} {N(x2)} {N(y2)}"
                    : $"M{N(x1)} {N(y1)} C{N(x1)} {N(y1 + (GapY / 2.0))} {N(x2)} {N(y2 - (GapY / 2.0))} {N(x2)} {N(y2)}";
                Line($"<path d=\"{path}\" fill=\"none\" stroke=\"#607d8b\" stroke-width=\"1.4\" marker-end=\"url(#arrow)\"/>");
            }
        }

        for (int i = 0; i < layers.Count; i++)
        {
            PlottedLayer layer = layers[i];
            string parameters = layer.Parameters == 0 ? "" : " · " + layer.Parameters.ToString("N0", CultureInfo.InvariantCulture) + " parameters";
            Line($"<g><title>{Escape(layer.Name)}: {Escape(layer.Output)}</title>");
            Line($"<rect x=\"{N(X(i))}\" y=\"{N(Y(i))}\" width=\"{Width}\" height=\"{Height}\" rx=\"6\" fill=\"{Color(layer)}\" stroke=\"#37474f\"/>");
            Line($"<text x=\"{N(X(i) + 10)}\" y=\"{N(Y(i) + 19)}\" font-size=\"13\" font-weight=\"bold\">{Escape(Short(layer.Kind, 16))} <tspan font-weight=\"normal\" fill=\"#455a64\">{Escape(Short(layer.Name, 24))}</tspan></text>");
            Line($"<text x=\"{N(X(i) + 10)}\" y=\"{N(Y(i) + 37)}\" font-size=\"11\" fill=\"#263238\">{Escape(Short(layer.Output + parameters, 46))}</text></g>");
        }

        Line("</svg>");
        return svg.ToString();

        double X(int i) => Margin + (columns[i] * (Width + GapX));
        double Y(int i) => Margin + Title + (depth[i] * (Height + GapY));
        void Line(string line) => svg.Append(line).Append('\n');
    }

    /// <summary>The longest way from an input.</summary>
    private static int[] Depths(IReadOnlyList<PlottedLayer> layers)
    {
        int[] depth = new int[layers.Count];
        for (int i = 0; i < layers.Count; i++)
        {
            depth[i] = layers[i].Inputs.Count == 0 ? 0 : layers[i].Inputs.Max(k => depth[k]) + 1;
        }

        return depth;
    }

    /// <summary>A layer stands below the first of those before it, or beside what stands there already.</summary>
    private static double[] Columns(IReadOnlyList<PlottedLayer> layers, int[] depth)
    {
        double[] columns = new double[layers.Count];
        HashSet<(int Row, double Column)> taken = [];
        for (int i = 0; i < layers.Count; i++)
        {
            double column = layers[i].Inputs.Count == 0 ? 0 : layers[i].Inputs.Min(k => columns[k]);
            while (!taken.Add((depth[i], column)))
            {
                column++;
            }

            columns[i] = column;
        }

        return columns;
    }

    private static string Color(PlottedLayer layer) => layer.Kind switch
    {
        "Input" => "#e3f2fd",
        _ when layer.Parameters > 0 => "#fff3e0",
        _ => "#f1f8e9",
    };

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string Escape(string text) => SecurityElement.Escape(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)));

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
