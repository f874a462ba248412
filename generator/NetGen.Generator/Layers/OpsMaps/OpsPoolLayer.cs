namespace NetGen.Generator;

/// <summary>Y = the maximum or mean of each window of X, channels last.</summary>
/// <param name="kind">ONNX's name.</param>
/// <param name="isMax">Whether it is the maximum.</param>
internal sealed class OpsPoolLayer(string kind, bool isMax) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => [.. OpsWindow.Arguments, "CeilMode", .. isMax ? Array.Empty<string>() : ["CountIncludePad"]];

    public override Value Build(LayerContext context)
    {
        OpsWindow window = OpsWindow.Read(context);
        window.Require(context);
        Graph g = context.Graph;
        Value x = context.X;
        bool countsPads = !isMax && context.Boolean("CountIncludePad", false);
        int[] after = [.. window.After];
        for (int i = 0; i < window.Rank; i++)
        {
            if (context.Boolean("CeilMode", false) && window.Strides[i] > 1)
            {
                after[i] = AfterOfCeiling(context, window, i);
            }

            if (countsPads)
            {
                // Zeros of the pads are part of the map; what a last window has beyond them is not.
                int counted = Math.Min(after[i], window.After[i]);
                x = g.Add(new Pad(i + 1, window.Before[i], x.Shape[i + 1].Affine(window.Before[i] + counted, 1)), x);
                after[i] -= counted;
            }
            else
            {
                RequireElements(context, window, i, after[i]);
            }
        }

        PoolGeometry geometry = new(window.Kernel.ToEquatableArray(), window.Strides.ToEquatableArray(), (countsPads ? new int[window.Rank] : window.Before).ToEquatableArray(), after.ToEquatableArray())
        {
            Dilations = window.Dilations.ToEquatableArray(),
        };
        return SpatialPool.Apply(context, geometry, x, isMax);
    }

    /// <summary>How far the last window reaches out behind the map where the number of windows is rounded up; one that would begin behind the map is left out.</summary>
    private static int AfterOfCeiling(LayerContext context, OpsWindow window, int i)
    {
        Dim map = context.X.Shape[i + 1];
        if (!map.IsConstant)
        {
            throw context.Fail("NG0011", "CeilMode", $"CeilMode of {context.Place} takes a constant size of axis {i + 1}, not {context.X.Shape}.");
        }

        (long size, int stride, int before) = (map.Constant, window.Strides[i], window.Before[i]);
        long steps = (size + before + window.After[i] - window.Extent(i) + stride - 1) / stride;
        steps -= steps * stride >= size + before ? 1 : 0;
        return checked((int)Math.Max((steps * stride) + window.Extent(i) - size - before, 0));
    }

    /// <summary>Refuses windows in which no element of the map may lie.</summary>
    private static void RequireElements(LayerContext context, OpsWindow window, int i, int after)
    {
        Dim map = context.X.Shape[i + 1];
        (int before, int dilation) = (window.Before[i], window.Dilations[i]);
        bool isSafe = before + after == 0;
        if (!isSafe && map.IsConstant)
        {
            isSafe = true;
            for (long start = -before; start <= map.Constant + after - window.Extent(i); start += window.Strides[i])
            {
                long first = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
                isSafe &= first < window.Kernel[i] && start + (first * dilation) < map.Constant;
            }
        }
        else if (!isSafe)
        {
            isSafe = dilation == 1 && before < window.Kernel[i] && after < window.Kernel[i];
        }

        if (!isSafe)
        {
            throw context.Fail("NG0012", "Pads", $"Pads of {context.Place} ({string.Join(", ", window.Before.Concat(window.After))}) allow windows ({string.Join(", ", window.Kernel)}) with nothing of {context.X.Shape} in them along axis {i + 1}.");
        }
    }
}
