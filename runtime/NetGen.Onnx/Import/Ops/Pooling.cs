using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Pools.</summary>
internal static class Pooling
{
    public static void MaxPool(NodeContext c)
    {
        Maps x = Maps.Of(c);
        Windows windows = Read(c, x);
        if (c.Integer("ceil_mode", 0) != 0)
        {
            // Places outside count for nothing, so that more of them do not change a maximum.
            windows = windows.Ceiled(x.Sizes);
        }

        string tap = x.Tap;
        bool isKeras = x.Space <= 3 && !windows.IsDilated;
        if (isKeras && (!windows.HasPads || windows.IsSame(x.Sizes)))
        {
            c.Set(Keras(c, x, "MaxPooling", windows, tap));
        }
        else if (isKeras && x.IsNonNegative && !windows.HasNegativePads)
        {
            // Zeros are no larger than what is there.
            c.Set(Keras(c, x, "MaxPooling", windows with { Before = new int[x.Space], After = new int[x.Space] }, Convolution.Padded(c, x, windows, tap)));
        }
        else
        {
            c.Set(x.Result(c, x.Apply(c, "Ops.MaxPool", null, [], Arguments(windows))));
        }

        TapValue y = (TapValue)c.Outputs[0] with { IsNonNegative = x.IsNonNegative };
        c.Set(y);
        if (c.Needs(1))
        {
            c.Set(1, Places(c, x, windows, y.Name));
        }
    }

    /// <summary>Where in the model's tensor each maximum lies, counted through all its elements: of each window the first element that is the maximum.</summary>
    private static TapValue Places(NodeContext c, Maps x, Windows windows, string maxima)
    {
        const int MostElements = 64, MostPlaces = 1 << 24;
        if (x.IsBatch && c.Samples != 1)
        {
            throw new BatchException("The places of maxima count the elements of all samples.");
        }

        int space = x.Space;
        if (x.IsDistributed || windows.HasNegativePads || windows.Kernel.Aggregate(1L, (a, k) => a * k) > MostElements || !x.Channels.IsConstant || x.Sizes.Any(s => !s.IsConstant)
            || x.Sizes.Aggregate(x.Channels.Constant, (a, s) => a * s.Constant) > MostPlaces)
        {
            throw new ConversionException($"the places of its maxima are known for constant sizes of one sample, windows of at most {MostElements} elements, pads that are not negative and at most {MostPlaces} places.");
        }

        int[] sizes = [.. x.Sizes.Select(s => (int)s.Constant)];
        int[] counts = [.. Enumerable.Range(0, space).Select(i => ((sizes[i] + windows.Before[i] + windows.After[i] - windows.Extent(i)) / windows.Strides[i]) + 1)];
        long[] steps = new long[space];
        bool isColumnMajor = c.Integer("storage_order", 0) != 0;
        for (int i = 0; i < space; i++)
        {
            steps[i] = isColumnMajor ? sizes[..i].Aggregate(1L, (a, s) => a * s) : sizes[(i + 1)..].Aggregate(1L, (a, s) => a * s);
        }

        string padded = x.Tap;
        if (windows.HasPads)
        {
            int[] pads = [.. windows.Before, 0, .. windows.After, 0];
            padded = c.Writer.Apply("Ops.Pad", [padded], null, ("Pads", TapeWriter.Integers(pads)), ("Value", new NumberValue(float.MinValue)));
        }

        // From the last element of the windows to the first, so that of equal ones the first stays.
        string? offset = null;
        foreach (int[] at in Elements(windows.Kernel).Reverse())
        {
            int[] start = [.. at.Select((k, i) => k * windows.Dilations[i])];
            string number = c.ConstantTap(ConstantValue.Of(DataType.Int64, [], [start.Select((s, i) => s * steps[i]).Sum()]));
            if (offset is null)
            {
                offset = number;
                continue;
            }

            string element = c.Writer.Apply(
                "Ops.Slice", [padded], null, ("Starts", TapeWriter.Integers(start)), ("Ends", TapeWriter.Integers(start.Select((s, i) => s + ((counts[i] - 1) * windows.Strides[i]) + 1))),
                ("Axes", TapeWriter.Integers(Enumerable.Range(1, space))), ("Steps", TapeWriter.Integers(windows.Strides)));
            offset = c.Writer.Apply("Ops.Where", [c.Writer.Apply("Ops.Equal", [element, maxima], null), number, offset], null);
        }

        int channels = (int)x.Channels.Constant, plane = sizes.Aggregate(1, (a, s) => a * s);
        double[] corners = [.. Elements(counts).SelectMany(at => Enumerable.Range(0, channels).Select(k =>
            (double)(((long)k * plane) + at.Select((o, i) => ((o * windows.Strides[i]) - windows.Before[i]) * steps[i]).Sum())))];
        string corner = c.ConstantTap(ConstantValue.Of(DataType.Int64, [.. counts, channels], corners));
        string places = windows.Kernel.All(k => k == 1) ? c.Writer.Apply("Add", [c.Writer.Apply("Rescaling", [maxima], null, ("Scale", new NumberValue(0))), corner], null) : c.Writer.Apply("Add", [offset!, corner], null);
        return x.Result(c, places) with { Type = DataType.Int64 };
    }

    /// <summary>The places of a box, the last axis the fastest.</summary>
    private static IEnumerable<int[]> Elements(int[] sizes) =>
        sizes.Aggregate((IEnumerable<int[]>)[[]], (all, size) => all.SelectMany(a => Enumerable.Range(0, size).Select(i => (int[])[.. a, i])));

    public static void AveragePool(NodeContext c)
    {
        Maps x = Maps.Of(c);
        Windows windows = Read(c, x);
        bool isCeiled = c.Integer("ceil_mode", 0) != 0, countsPads = c.Integer("count_include_pad", 0) != 0 && windows.HasPads;
        Windows reached = isCeiled ? windows.Ceiled(x.Sizes) : windows;
        bool isKeras = x.Space <= 3 && !windows.IsDilated && !countsPads;
        if (isKeras && (!reached.HasPads || reached.IsSame(x.Sizes)))
        {
            bool isGlobal = !reached.HasPads && reached.Kernel.Select(k => (Size)k).SequenceEqual(x.Sizes);
            c.Set((isGlobal ? x.Pooled(c, x.Apply(c, $"GlobalAveragePooling{x.Space}D", null, [], [])) : Keras(c, x, "AveragePooling", reached, x.Tap)) with { IsNonNegative = x.IsNonNegative });
            return;
        }

        List<(string, ArgumentValue)> arguments = Arguments(windows);
        if (isCeiled && !reached.After.SequenceEqual(windows.After))
        {
            arguments.Add(("CeilMode", new BooleanValue(true)));
        }

        if (countsPads)
        {
            arguments.Add(("CountIncludePad", new BooleanValue(true)));
        }

        c.Set(x.Result(c, x.Apply(c, "Ops.AveragePool", null, [], arguments)) with { IsNonNegative = x.IsNonNegative });
    }

    public static Action<NodeContext> Global(string kind) => c =>
    {
        Maps x = Maps.Of(c);
        string tap = x.Space <= 3 ? x.Apply(c, $"Global{kind}Pooling{x.Space}D", null, [], [])
            : x.Apply(c, kind == "Max" ? "Ops.ReduceMax" : "Ops.ReduceMean", null, [], [("Axes", TapeWriter.Integers(Enumerable.Range(1, x.Space))), ("KeepDims", new BooleanValue(false))]);
        c.Set(x.Pooled(c, tap) with { IsNonNegative = x.IsNonNegative });
    };

    private static Windows Read(NodeContext c, Maps x) =>
        Windows.Read(c, c.Integers("kernel_shape") ?? throw new ConversionException("its kernel_shape is missing."), x.Sizes);

    private static TapValue Keras(NodeContext c, Maps x, string kind, Windows windows, string tap)
    {
        List<(string, ArgumentValue)> arguments = [("PoolSize", windows.Kernel.Distinct().Count() == 1 ? TapeWriter.Integers(windows.Kernel[0]) : TapeWriter.Integers(windows.Kernel))];
        if (!windows.Strides.SequenceEqual(windows.Kernel))
        {
            arguments.Add(("Strides", TapeWriter.Same(windows.Strides)));
        }

        if (windows.HasPads)
        {
            arguments.Add(("Padding", new EnumValue("Padding", "Same")));
        }

        return x.Result(c, x.Apply(c, $"{kind}{x.Space}D", null, [], arguments, tap));
    }

    private static List<(string, ArgumentValue)> Arguments(Windows windows)
    {
        List<(string, ArgumentValue)> arguments = [("KernelShape", TapeWriter.Integers(windows.Kernel))];
        Convolution.AddArrays(arguments, windows);
        return arguments;
    }
}
