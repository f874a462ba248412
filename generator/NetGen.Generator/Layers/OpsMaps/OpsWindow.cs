namespace NetGen.Generator;

/// <summary>How a filter or window of an ONNX op goes over maps, channels last: one number an axis of space, of which there are one to three.</summary>
/// <param name="Kernel">Its sizes.</param>
/// <param name="Strides">Its steps.</param>
/// <param name="Dilations">The distances of its elements.</param>
/// <param name="Before">How far it reaches out of the map before it.</param>
/// <param name="After">How far it reaches out behind the map.</param>
internal sealed record OpsWindow(int[] Kernel, int[] Strides, int[] Dilations, int[] Before, int[] After)
{
    /// <summary>The arguments that say it.</summary>
    public static readonly string[] Arguments = ["KernelShape", "Strides", "Pads", "Dilations"];

    private const int MostAxes = 3;

    public int Rank => this.Kernel.Length;

    public static OpsWindow Read(LayerContext context)
    {
        IReadOnlyList<long> kernel = context.Integers("KernelShape", null, least: 1, most: 1 << 20);
        int rank = kernel.Count;
        if (rank is 0 or > MostAxes)
        {
            throw context.Fail("NG0012", "KernelShape", $"KernelShape of {context.Place} takes one to {MostAxes} sizes, one an axis of space, not {rank}.");
        }

        DataFormat.RequireMaps(context, rank);
        int[] pads = Ints("Pads", 2 * rank, 0);
        return new OpsWindow([.. kernel.Select(k => (int)k)], Ints("Strides", rank, 1), Ints("Dilations", rank, 1), [.. pads.Take(rank)], [.. pads.Skip(rank)]);

        int[] Ints(string argument, int count, int fallback) =>
            [.. context.Integers(argument, count, [.. Enumerable.Repeat((long)fallback, count)], least: fallback, most: 1 << 20).Select(v => (int)v)];
    }

    /// <summary>How many places of the map it spans along an axis.</summary>
    public int Extent(int axis) => checked((this.Dilations[axis] * (this.Kernel[axis] - 1)) + 1);

    /// <summary>A filter's shape with what follows its sizes.</summary>
    public Shape Shape(params Dim[] rest) => NetGen.Generator.Shape.Of(this.Kernel.Select(k => (Dim)k).Concat(rest));

    /// <summary>As the geometry of a convolution.</summary>
    public ConvGeometry Geometry(int groups) =>
        new(this.Strides.ToEquatableArray(), this.Before.ToEquatableArray(), this.After.ToEquatableArray(), this.Dilations.ToEquatableArray(), groups);

    /// <summary>Refuses a map with its pads that is smaller than the window.</summary>
    public void Require(LayerContext context)
    {
        Shape x = context.X.Shape;
        for (int i = 0; i < this.Rank; i++)
        {
            if (x[i + 1].IsConstant && x[i + 1].Constant + this.Before[i] + this.After[i] < this.Extent(i))
            {
                throw context.Fail(
                    "NG0011", "KernelShape", $"The window ({string.Join(", ", this.Kernel)}) of {context.Place} spans {this.Extent(i)} places along axis {i + 1} of {x}, which has {x[i + 1]} and {this.Before[i] + this.After[i]} pads.");
            }
        }
    }

    /// <summary>The number of groups, which must divide the channels of both sides.</summary>
    public static int Groups(LayerContext context, long filters)
    {
        Shape x = context.X.Shape;
        long groups = context.Integer("Groups", 1, least: 1, most: int.MaxValue);
        return x.Last.IsConstant && x.Last.Constant % groups == 0 && filters % groups == 0 ? (int)groups
            : throw context.Fail("NG0012", context.Has("Groups") ? "Groups" : null, $"Groups of {context.Place} is {groups}, which must divide the {x.Last} channels of {x} and the {filters} filters.");
    }
}
