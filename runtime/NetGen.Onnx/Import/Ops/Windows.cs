using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>The window of a convolution or a pool: sizes, steps, and the places outside of the map.</summary>
/// <param name="Kernel">Sizes.</param>
/// <param name="Strides">Steps.</param>
/// <param name="Dilations">Distances of the elements.</param>
/// <param name="Before">Places before the map.</param>
/// <param name="After">Places behind it.</param>
internal sealed record Windows(int[] Kernel, int[] Strides, int[] Dilations, int[] Before, int[] After)
{
    public bool IsDilated => this.Dilations.Any(d => d != 1);

    public bool HasPads => this.Before.Concat(this.After).Any(p => p != 0);

    public bool HasNegativePads => this.Before.Concat(this.After).Any(p => p < 0);

    /// <summary>The pads as ONNX has them: all before, then all behind.</summary>
    public int[] Pads => [.. this.Before, .. this.After];

    public int Extent(int axis) => ((this.Kernel[axis] - 1) * this.Dilations[axis]) + 1;

    /// <summary>Reads the attributes; automatic pads become numbers.</summary>
    public static Windows Read(NodeContext c, int[] kernel, IReadOnlyList<Size> sizes)
    {
        int rank = kernel.Length;
        if (sizes.Count != rank)
        {
            throw new ConversionException($"its window has {rank} axes and its map {sizes.Count}.");
        }

        int[] strides = Of("strides", 1), dilations = Of("dilations", 1), pads = c.Integers("pads") ?? new int[2 * rank];
        string auto = c.Text("auto_pad", "NOTSET");
        if (kernel.Any(k => k < 1) || pads.Length != 2 * rank || strides.Concat(dilations).Any(s => s < 1) || kernel.Any(k => k > 1 << 20) || strides.Concat(dilations).Concat(pads.Select(Math.Abs)).Any(s => s > 1 << 20))
        {
            throw new ConversionException("its window, strides, dilations and pads do not fit together.");
        }

        Windows windows = new(kernel, strides, dilations, pads[..rank], pads[rank..]);
        if (auto == "VALID")
        {
            return windows with { Before = new int[rank], After = new int[rank] };
        }

        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            (int[] before, int[] after) = (new int[rank], new int[rank]);
            for (int i = 0; i < rank; i++)
            {
                int total = windows.SamePads(i, sizes[i]) ?? throw new ConversionException($"its automatic pads depend on a size that is known only at run time.");
                (before[i], after[i]) = auto == "SAME_UPPER" ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);
            }

            return windows with { Before = before, After = after };
        }

        return auto is "NOTSET" or "" ? windows : throw new ConversionException($"its auto_pad is '{auto}'.");

        int[] Of(string name, int fallback) => c.Integers(name) is { Length: > 0 } given
            ? given.Length == rank ? given : throw new ConversionException($"it has {given.Length} {name} for {rank} axes of space.")
            : [.. Enumerable.Repeat(fallback, rank)];
    }

    /// <summary>Whether these pads are those of Keras's Padding.Same.</summary>
    public bool IsSame(IReadOnlyList<Size> sizes) => Enumerable.Range(0, this.Kernel.Length).All(i => this.SamePads(i, sizes[i]) is { } total && this.Before[i] == total / 2 && this.After[i] == total - (total / 2));

    /// <summary>The places outside of the map under Padding.Same; null where they depend on a size known only at run time.</summary>
    public int? SamePads(int axis, Size size)
    {
        int extent = this.Extent(axis), stride = this.Strides[axis];
        return size.IsConstant ? (int)Math.Max((((size.Constant + stride - 1) / stride - 1) * stride) + extent - size.Constant, 0) : stride == 1 ? extent - 1 : null;
    }

    /// <summary>With ceil_mode the last window may begin in the map and end outside: the places behind the map that this takes.</summary>
    public Windows Ceiled(IReadOnlyList<Size> sizes)
    {
        int[] after = [.. this.After];
        for (int i = 0; i < after.Length; i++)
        {
            if (!sizes[i].IsConstant)
            {
                throw new ConversionException("its ceil_mode depends on a size that is known only at run time.");
            }

            long padded = sizes[i].Constant + this.Before[i] + this.After[i] - this.Extent(i);
            long count = ((padded + this.Strides[i] - 1) / this.Strides[i]) + 1;

            // A window that would begin behind the map is none.
            count = (count - 1) * this.Strides[i] >= sizes[i].Constant + this.Before[i] ? count - 1 : count;
            after[i] = (int)Math.Max(after[i], ((count - 1) * this.Strides[i]) + this.Extent(i) - sizes[i].Constant - this.Before[i]);
        }

        return this with { After = after };
    }
}
