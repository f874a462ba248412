namespace NetGen.Generator;

/// <summary>Maps at another size: one matrix an axis of space, or elements repeated where that is all.</summary>
internal sealed class OpsResizeLayer : Layer
{
    private static readonly string[] Modes = ["Nearest", "Linear", "Cubic"];
    private static readonly string[] Transformations = ["HalfPixel", "PytorchHalfPixel", "AlignCorners", "Asymmetric", "HalfPixelSymmetric", "TfCropAndResize", "TfHalfPixelForNn"];
    private static readonly string[] Roundings = ["RoundPreferFloor", "RoundPreferCeil", "Floor", "Ceil"];

    public override string Kind => "Ops.Resize";

    public override IReadOnlyList<string> Arguments =>
        ["Sizes", "Scales", "Mode", "Coordinates", "Nearest", "CubicA", "ExcludeOutside", "Antialias", "Roi", "ExtrapolationValue"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value x = context.X;
        int rank = x.Shape.Rank - 2;
        if (rank is < 1 or > 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes maps over one to three axes of space, not {x.Shape}.");
        }

        ResizeRows[] axes = ReadAxes(context, rank);
        long?[] repetitions = [.. axes.Select(a => a.Repetition)];
        x = UpSamplingLayer.Repeat(g, x, 1, [.. repetitions.Select(r => r ?? 1)]);

        // The axis that shrinks more comes first, so that the others have less to do.
        foreach (int i in Enumerable.Range(0, rank).Where(i => repetitions[i] is null).OrderBy(i => axes[i].Scale))
        {
            x = x.Shape[i + 1].IsConstant ? g.Add(Resample.Of(i + 1, axes[i].Size, axes[i].All), x)
                : throw context.Fail("NG0011", null, $"{context.Place} takes a constant size of axis {i + 1}, unless it repeats each element; not {context.X.Shape}.");
        }

        double value = context.Number("ExtrapolationValue", 0);
        for (int i = 0; i < rank && value != 0; i++)
        {
            ResizeRows axis = axes[i];
            if (Enumerable.Range(0, axis.Count).Any(axis.IsOutside))
            {
                x = g.Add(new Map(Expr.Call("Where", Expr.In(1), Expr.In(0), value)), x, Inside(g, axis, rank - i));
            }
        }

        return x;
    }

    /// <summary>1 where a new element lies in the map, else 0, with axes of size one behind.</summary>
    private static Value Inside(Graph g, ResizeRows axis, int behind)
    {
        Resample choice = Resample.Of(0, axis.Size, [.. Enumerable.Range(0, axis.Count).Select(o => (0, axis.IsOutside(o) ? Array.Empty<double>() : [1]))]);
        Value inside = g.Add(choice, g.Add(new Map((Expr)1, Shape.Of(axis.Size))));
        return g.Add(new Reshape(Shape.Of(new Dim[] { axis.Count }.Concat(Enumerable.Repeat((Dim)1, behind)))), inside);
    }

    private static ResizeRows[] ReadAxes(LayerContext context, int rank)
    {
        Shape x = context.X.Shape;
        if (context.Has("Sizes") == context.Has("Scales"))
        {
            throw context.Fail("NG0019", context.Has("Sizes") ? "Scales" : null, $"{context.Place} takes either Sizes or Scales.");
        }

        string mode = context.Enum("Mode", "ResizeMode", Modes, "Nearest"), coordinates = context.Enum("Coordinates", "ResizeCoordinates", Transformations, "HalfPixel");
        string rounding = context.Enum("Nearest", "NearestRounding", Roundings, "RoundPreferFloor");
        double a = context.Number("CubicA", -0.75);
        bool excludes = context.Boolean("ExcludeOutside", false), isAntialiased = context.Boolean("Antialias", false);
        IReadOnlyList<double> roi = Numbers("Roi", 2 * rank, [.. Enumerable.Range(0, 2 * rank).Select(i => i < rank ? 0.0 : 1)]);
        IReadOnlyList<long>? sizes = context.Has("Sizes") ? context.Integers("Sizes", rank, least: 1, most: 1 << 24) : null;
        IReadOnlyList<double>? scales = sizes is null ? Numbers("Scales", rank, null) : null;
        return [.. Enumerable.Range(0, rank).Select(Axis)];

        ResizeRows Axis(int i)
        {
            // Of a size known only at run time it is asked whether elements repeat, which depends on no size.
            const int AnySize = 8;
            Dim dim = x[i + 1];
            if (!dim.IsConstant && (sizes is not null || coordinates is "AlignCorners" or "TfCropAndResize"))
            {
                throw context.Fail("NG0011", sizes is null ? "Coordinates" : "Sizes", $"{(sizes is null ? "Coordinates" : "Sizes")} of {context.Place} takes a constant size of axis {i + 1}, not {x}.");
            }

            int size = dim.IsConstant ? checked((int)dim.Constant) : AnySize;
            double scale = sizes is null ? scales![i] : (double)sizes[i] / size, length = sizes is null ? size * scale : sizes[i], count = Math.Floor(length);
            return count is >= 1 and <= 1 << 24
                ? new ResizeRows(size, (int)count, scale, length, mode, coordinates, rounding, a, excludes, isAntialiased, (roi[i], roi[rank + i]))
                : throw context.Fail("NG0012", "Scales", $"Scales of {context.Place} make axis {i + 1} of {x} {count} elements long.");
        }

        IReadOnlyList<double> Numbers(string argument, int count, IReadOnlyList<double>? fallback)
        {
            IReadOnlyList<double> numbers = context.Numbers(argument, fallback);
            return numbers.Count == count ? numbers
                : throw context.Fail("NG0012", argument, $"{argument} of {context.Place} takes {count} numbers for the {rank} axes of space of {x}, not {numbers.Count}.");
        }
    }
}
