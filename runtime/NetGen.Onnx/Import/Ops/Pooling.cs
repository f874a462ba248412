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
        bool isKeras = x.Space <= 2 && !windows.IsDilated;
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

        c.Set(((TapValue)c.Outputs[0]) with { IsNonNegative = x.IsNonNegative });
    }

    public static void AveragePool(NodeContext c)
    {
        Maps x = Maps.Of(c);
        Windows windows = Read(c, x);
        bool isCeiled = c.Integer("ceil_mode", 0) != 0, countsPads = c.Integer("count_include_pad", 0) != 0 && windows.HasPads;
        Windows reached = isCeiled ? windows.Ceiled(x.Sizes) : windows;
        bool isKeras = x.Space <= 2 && !windows.IsDilated && !countsPads;
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
        string tap = x.Space <= 2 ? x.Apply(c, $"Global{kind}Pooling{x.Space}D", null, [], [])
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
