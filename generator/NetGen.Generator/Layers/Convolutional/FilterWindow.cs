namespace NetGen.Generator;

/// <summary>The sizes of a filter and how it goes over a map: what the arguments of all convolutions have in common. One number an axis of space.</summary>
/// <param name="Kernel">The filter's sizes.</param>
/// <param name="Strides">Its steps.</param>
/// <param name="Dilations">The distances of its elements.</param>
/// <param name="Padding">Valid, Same or Causal.</param>
internal sealed record FilterWindow(int[] Kernel, int[] Strides, int[] Dilations, string Padding)
{
    private static readonly string[] Paddings = ["Valid", "Same"];
    private static readonly string[] PaddingsOverTime = [.. Paddings, "Causal"];

    public static FilterWindow Read(LayerContext context, int rank, bool allowCausal = false)
    {
        int[] kernel = Ints("KernelSize", null);
        int[] strides = Ints("Strides", 1);
        int[] dilations = Ints("DilationRate", 1);
        if (strides.Any(s => s > 1) && dilations.Any(d => d > 1))
        {
            throw context.Fail("NG0012", "DilationRate", $"{context.Place} cannot have both strides ({string.Join(", ", strides)}) and dilations ({string.Join(", ", dilations)}) above 1.");
        }

        return new FilterWindow(kernel, strides, dilations, context.Enum("Padding", "Padding", allowCausal ? PaddingsOverTime : Paddings, "Valid"));

        int[] Ints(string argument, int? fallback) =>
            [.. context.Integers(argument, rank, fallback is null ? null : [.. Enumerable.Repeat((long)fallback, rank)], least: 1, most: 1 << 20).Select(v => (int)v)];
    }

    /// <summary>How many places of the map the filter spans along an axis, dilation included.</summary>
    public int Extent(int axis) => checked((this.Dilations[axis] * (this.Kernel[axis] - 1)) + 1);

    /// <summary>
    /// The zeros around X, channels last; causal has all of them in front.
    /// </summary>
    /// <exception cref="ProblemException">The filter is larger than the map, or a padding needs a size that is known only at run time.</exception>
    public ConvGeometry Geometry(LayerContext context, Shape x, int groups)
    {
        int rank = this.Kernel.Length;
        (int[] before, int[] after) = (new int[rank], new int[rank]);
        for (int i = 0; i < rank; i++)
        {
            (int extent, int stride) = (this.Extent(i), this.Strides[i]);
            Dim size = x[i + 1];
            if (this.Padding == "Causal")
            {
                before[i] = extent - 1;
            }
            else if (this.Padding == "Same")
            {
                (before[i], after[i]) = SamePadding.Of(context, size, extent, stride);
            }
            else if (size.IsConstant && size.Constant < extent)
            {
                throw context.Fail(
                    "NG0011", $"KernelSize[{i}]", $"The filter ({string.Join(", ", this.Kernel)}){this.DilationText()} of {context.Place} is larger than the map ({string.Join(", ", x.Slice(1, rank + 1).Dims)}) of {context.X.Shape}, in which it must lie with Padding.Valid.");
            }
        }

        return new ConvGeometry(this.Strides.ToEquatableArray(), before.ToEquatableArray(), after.ToEquatableArray(), this.Dilations.ToEquatableArray(), groups);
    }

    /// <summary>The kernel's shape with what follows its sizes.</summary>
    public Shape Shape(params Dim[] rest) => NetGen.Generator.Shape.Of(this.Kernel.Select(k => (Dim)k).Concat(rest));

    private string DilationText() => this.Dilations.Any(d => d > 1) ? $" with dilations ({string.Join(", ", this.Dilations)})" : "";
}
