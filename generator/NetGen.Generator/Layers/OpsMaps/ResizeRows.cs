namespace NetGen.Generator;

/// <summary>The matrix that resizes an axis as ONNX's Resize does: for each new element the elements that it is made of.</summary>
/// <param name="Size">The old size.</param>
/// <param name="Count">The new size.</param>
/// <param name="Scale">The factor, which need not be the sizes' quotient.</param>
/// <param name="Length">The new size before it is rounded down.</param>
/// <param name="Mode">Nearest, Linear or Cubic.</param>
/// <param name="Coordinates">Where a new element lies.</param>
/// <param name="Rounding">Which element is the nearest.</param>
/// <param name="CubicA">The cubic's coefficient.</param>
/// <param name="ExcludesOutside">Whether elements outside the map count for nothing.</param>
/// <param name="IsAntialiased">Whether the filter grows with what it makes smaller.</param>
/// <param name="Part">For TfCropAndResize: from where to where, in parts of the size.</param>
internal sealed record ResizeRows(
    int Size, int Count, double Scale, double Length, string Mode, string Coordinates, string Rounding, double CubicA, bool ExcludesOutside, bool IsAntialiased, (double Start, double End) Part)
{
    /// <summary>Where the weights of each new element begin, and the weights; one outside of the map has none.</summary>
    public (int Start, double[] Weights)[] All => [.. Enumerable.Range(0, this.Count).Select(o => this.IsOutside(o) ? (0, []) : this.Row(this.Place(o)))];

    /// <summary>Whether a new element lies outside of the map, where another number stands.</summary>
    public bool IsOutside(int o) => this.Coordinates == "TfCropAndResize" && this.Place(o) is var place && (place < 0 || place > this.Size - 1);

    /// <summary>How often each element stands in a row, if that is all that there is to it; else null.</summary>
    public long? Repetition
    {
        get
        {
            long factor = this.Count / this.Size;
            bool repeats = this.Mode == "Nearest" && factor * this.Size == this.Count
                && Enumerable.Range(0, this.Count).All(o => !this.IsOutside(o) && this.Row(this.Place(o)).Start == o / factor);
            return repeats ? factor : null;
        }
    }

    private double Place(int o)
    {
        double half = ((o + 0.5) / this.Scale) - 0.5;
        return this.Coordinates switch
        {
            "HalfPixel" => half,
            "PytorchHalfPixel" => this.Count > 1 ? half : 0,
            "AlignCorners" => o == 0 ? 0 : o * (this.Size - 1) / (this.Length - 1),
            "Asymmetric" => o / this.Scale,
            "HalfPixelSymmetric" => (this.Size / 2.0 * (1 - (this.Count / this.Length))) + half,
            "TfHalfPixelForNn" => (o + 0.5) / this.Scale,
            _ => this.Count > 1
                ? (this.Part.Start * (this.Size - 1)) + (o * (this.Part.End - this.Part.Start) * (this.Size - 1) / (this.Count - 1))
                : 0.5 * (this.Part.Start + this.Part.End) * (this.Size - 1),
        };
    }

    private (int Start, double[] Weights) Row(double place)
    {
        if (this.Mode == "Nearest")
        {
            double nearest = this.Rounding switch
            {
                "RoundPreferFloor" => Math.Ceiling(place - 0.5),
                "RoundPreferCeil" => Math.Floor(place + 0.5),
                "Floor" => Math.Floor(place),
                _ => Math.Ceiling(place),
            };
            return ((int)Math.Max(0, Math.Min(this.Size - 1, nearest)), [1]);
        }

        // What makes a map smaller takes a wider filter, whose weights sum to 1 again.
        double width = this.IsAntialiased ? Math.Min(this.Scale, 1) : 1;
        int radius = this.Mode == "Linear" ? 1 : 2, reach = (int)Math.Ceiling(radius / width), floor = (int)Math.Floor(place);
        double[] filter = [.. Enumerable.Range(floor + 1 - reach, 2 * reach).Select(i => this.Filter(Math.Abs(i - place) * width))];
        double sum = filter.Sum();
        double[] weights = new double[this.Size];
        double inside = 0;
        for (int k = 0; k < filter.Length; k++)
        {
            int at = floor + 1 - reach + k, nearest = Math.Max(0, Math.Min(this.Size - 1, at));
            if (at == nearest || !this.ExcludesOutside)
            {
                weights[nearest] += filter[k] / sum;
                inside += filter[k] / sum;
            }
        }

        int first = Math.Max(0, Array.FindIndex(weights, w => w != 0)), last = Math.Max(first, Array.FindLastIndex(weights, w => w != 0));
        return (first, [.. weights.Skip(first).Take(last + 1 - first).Select(w => w / inside)]);
    }

    private double Filter(double d)
    {
        double a = this.CubicA;
        return this.Mode == "Linear" ? Math.Max(0, 1 - d)
            : d < 1 ? ((((a + 2) * d) - (a + 3)) * d * d) + 1
            : d < 2 ? (((((a * d) - (5 * a)) * d) + (8 * a)) * d) - (4 * a)
            : 0;
    }
}
