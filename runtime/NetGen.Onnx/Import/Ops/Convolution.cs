using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Convolutions, whose filters must be constant.</summary>
internal static class Convolution
{
    public static void Conv(NodeContext c)
    {
        ConstantValue w = c.Constant(1);
        int space = w.Rank - 2;
        Maps x = Maps.Of(c);
        if (space != x.Space || space > 3)
        {
            throw new ConversionException($"its filter of ({string.Join(", ", w.Shape)}) does not fit a map of {x.Space} axes of space.");
        }

        int[] kernelShape = c.Integers("kernel_shape") ?? w.Shape[2..];
        if (!kernelShape.SequenceEqual(w.Shape[2..]))
        {
            throw new ConversionException($"its kernel_shape ({string.Join(", ", kernelShape)}) is not that of its filter ({string.Join(", ", w.Shape)}).");
        }

        Windows windows = Windows.Read(c, kernelShape, x.Sizes);
        int groups = (int)c.Integer("group", 1), filters = w.Shape[0];
        if (groups < 1 || x.Channels != (long)w.Shape[1] * groups || filters % groups != 0)
        {
            throw new ConversionException($"its filter of ({string.Join(", ", w.Shape)}) in {groups} groups does not fit {x.Channels} channels.");
        }

        ConstantValue? bias = c.OptionalConstant(2) ?? c.TakeBias(1, w.Rank, filters);
        string? activation = c.TakeActivation();
        string name = Names.OfLayer(c, w.Name);

        // (filters, channels / groups, space...) as Keras has it: (space..., channels / groups, filters), by channel (space..., channels, multiplier).
        bool isDepthwise = groups > 1 && w.Shape[1] == 1 && space <= 2 && !(windows.IsDilated && windows.Strides.Any(s => s > 1));
        ConstantValue kernel = isDepthwise
            ? w.Reshaped([groups, filters / groups, .. kernelShape]).Transposed([.. Enumerable.Range(2, space), 0, 1])
            : w.Transposed([.. Enumerable.Range(2, space), 1, 0]);
        List<(string, ConstantValue)> weights = bias is null ? [("kernel", kernel)] : [("kernel", kernel), ("bias", bias.Reshaped([filters]))];
        List<(string, ArgumentValue)> arguments = [];
        string tap = x.Tap;
        string kind;
        if (!windows.HasNegativePads && (isDepthwise || !(windows.IsDilated && windows.Strides.Any(s => s > 1))))
        {
            kind = (isDepthwise ? "DepthwiseConv" : "Conv") + space + "D";
            if (!isDepthwise)
            {
                arguments.Add(("Filters", new IntegerValue(filters)));
            }

            arguments.Add(("KernelSize", kernelShape.Distinct().Count() == 1 ? TapeWriter.Integers(kernelShape[0]) : TapeWriter.Integers(kernelShape)));
            AddSteps(arguments, "Strides", windows.Strides);
            if (windows.HasPads)
            {
                if (windows.IsSame(x.Sizes))
                {
                    arguments.Add(("Padding", new EnumValue("Padding", "Same")));
                }
                else if (space == 1 && !isDepthwise && windows.After[0] == 0 && windows.Before[0] == windows.Extent(0) - 1)
                {
                    arguments.Add(("Padding", new EnumValue("Padding", "Causal")));
                }
                else
                {
                    tap = Padded(c, x, windows, tap);
                }
            }

            AddSteps(arguments, "DilationRate", windows.Dilations);
            if (isDepthwise && filters != groups)
            {
                arguments.Add(("DepthMultiplier", new IntegerValue(filters / groups)));
            }
            else if (!isDepthwise && groups > 1)
            {
                arguments.Add(("Groups", new IntegerValue(groups)));
            }
        }
        else
        {
            kind = "Ops.Conv";
            kernel = w.Transposed([.. Enumerable.Range(2, space), 1, 0]);
            weights[0] = ("kernel", kernel);
            arguments.AddRange([("Filters", new IntegerValue(filters)), ("KernelShape", TapeWriter.Integers(kernelShape))]);
            AddArrays(arguments, windows);
            if (groups > 1)
            {
                arguments.Add(("Groups", new IntegerValue(groups)));
            }
        }

        AddEnd(arguments, activation, bias);
        c.Set(x.Result(c, x.Apply(c, kind, name, weights, arguments, tap)) with { IsNonNegative = activation is "ReLU" or "Sigmoid" or "Softplus" });
    }

    public static void ConvTranspose(NodeContext c)
    {
        ConstantValue w = c.Constant(1);
        int space = w.Rank - 2;
        Maps x = Maps.Of(c);
        int[] kernelShape = c.Integers("kernel_shape") ?? w.Shape[2..];
        int groups = (int)c.Integer("group", 1), filters = w.Shape[1] * groups;
        if (space != x.Space || !kernelShape.SequenceEqual(w.Shape[2..]) || groups < 1 || x.Channels != w.Shape[0] || w.Shape[0] % groups != 0)
        {
            throw new ConversionException($"its filter of ({string.Join(", ", w.Shape)}) in {groups} groups does not fit {x.Channels} channels of {x.Space} axes of space.");
        }

        int[] more = c.Integers("output_padding") ?? new int[space];
        string auto = c.Text("auto_pad", "NOTSET");
        int[]? output = c.Integers("output_shape");
        output = output?.Length == space + 2 ? output[2..] : output;
        int[] strides = c.Integers("strides") ?? [.. Enumerable.Repeat(1, space)], dilations = c.Integers("dilations") ?? [.. Enumerable.Repeat(1, space)];
        int[] pads = c.Integers("pads") ?? new int[2 * space];
        if (more.Length != space || strides.Length != space || dilations.Length != space || pads.Length != 2 * space || (output is not null && output.Length != space))
        {
            throw new ConversionException("its strides, dilations, pads and output sizes do not fit its axes.");
        }

        for (int i = 0; i < space; i++)
        {
            if (output is null && auto is not ("SAME_UPPER" or "SAME_LOWER"))
            {
                continue;
            }

            long size = x.Sizes[i].IsConstant ? x.Sizes[i].Constant : throw new ConversionException("its pads depend on a size that is known only at run time.");
            long wanted = output is null ? size * strides[i] : output[i];
            long total = (strides[i] * (size - 1)) + more[i] + ((kernelShape[i] - 1) * dilations[i]) + 1 - wanted;
            if (total < 0)
            {
                // What the windows do not reach stays without a sum.
                (more[i], total) = ((int)(more[i] - total), 0);
            }

            bool isUpper = auto == "SAME_UPPER";
            (pads[i], pads[space + i]) = isUpper ? ((int)(total / 2), (int)(total - (total / 2))) : ((int)(total - (total / 2)), (int)(total / 2));
        }

        if (auto == "VALID")
        {
            pads = new int[2 * space];
        }

        ConstantValue? bias = c.OptionalConstant(2) ?? c.TakeBias(1, w.Rank, filters);
        string? activation = c.TakeActivation();

        // (channels, filters / groups, space...) as Keras has it: (space..., filters / groups, channels).
        ConstantValue kernel = w.Transposed([.. Enumerable.Range(2, space), 1, 0]);
        Windows windows = new(kernelShape, strides, dilations, pads[..space], pads[space..]);
        List<(string, ArgumentValue)> arguments = [("Filters", new IntegerValue(filters))];
        string kind = "Ops.ConvTranspose";
        if (groups == 1 && !(windows.IsDilated && strides.Any(s => s > 1)) && KerasEnds(windows, more) is { } ends)
        {
            kind = $"Conv{space}DTranspose";
            arguments.Add(("KernelSize", TapeWriter.Same(kernelShape)));
            AddSteps(arguments, "Strides", strides);
            arguments.AddRange(ends);
            AddSteps(arguments, "DilationRate", dilations);
        }
        else
        {
            arguments.Add(("KernelShape", TapeWriter.Integers(kernelShape)));
            AddArrays(arguments, windows);
            if (more.Any(m => m != 0))
            {
                arguments.Add(("OutputPadding", TapeWriter.Integers(more)));
            }

            if (groups > 1)
            {
                arguments.Add(("Groups", new IntegerValue(groups)));
            }
        }

        AddEnd(arguments, activation, bias);
        c.Set(x.Result(c, x.Apply(c, kind, Names.OfLayer(c, w.Name), bias is null ? [("kernel", kernel)] : [("kernel", kernel), ("bias", bias.Reshaped([filters]))], arguments)));
    }

    /// <summary>The padding by which Keras's layer says the pads of a transposed convolution and what is added at its ends; null where it cannot.</summary>
    private static List<(string, ArgumentValue)>? KerasEnds(Windows windows, int[] more)
    {
        int[] over = [.. windows.Kernel.Select((_, i) => windows.Extent(i) - windows.Strides[i])];
        if (!windows.HasPads)
        {
            return over.Select(o => Math.Max(-o, 0)).SequenceEqual(more) ? []
                : more.Zip(windows.Strides).All(p => p.First >= 0 && p.First < p.Second) ? [("OutputPadding", TapeWriter.Same(more))] : null;
        }

        bool isSame = over.All(o => o >= 0) && more.All(m => m == 0) && windows.Before.SequenceEqual(over.Select(o => o / 2)) && windows.After.SequenceEqual(over.Select(o => o - (o / 2)));
        return isSame ? [("Padding", new EnumValue("Padding", "Same"))] : null;
    }

    /// <summary>Zeros around a map, as a layer of their own.</summary>
    public static string Padded(NodeContext c, Maps x, Windows windows, string tap)
    {
        (int, int)[] margins = [.. windows.Before.Zip(windows.After)];
        if (margins.All(m => m == (0, 0)))
        {
            return tap;
        }

        ArgumentValue padding = margins.Length == 1 && margins[0].Item1 != margins[0].Item2 ? TapeWriter.Integers(margins[0].Item1, margins[0].Item2) : Selection.Margins(margins);
        return x.Apply(c, $"ZeroPadding{margins.Length}D", null, [], [("Padding", padding)], tap);
    }

    public static void AddSteps(List<(string, ArgumentValue)> arguments, string name, int[] steps)
    {
        if (steps.Any(s => s != 1))
        {
            arguments.Add((name, TapeWriter.Same(steps)));
        }
    }

    public static void AddArrays(List<(string, ArgumentValue)> arguments, Windows windows)
    {
        if (windows.Strides.Any(s => s != 1))
        {
            arguments.Add(("Strides", TapeWriter.Integers(windows.Strides)));
        }

        if (windows.HasPads)
        {
            arguments.Add(("Pads", TapeWriter.Integers(windows.Pads)));
        }

        if (windows.IsDilated)
        {
            arguments.Add(("Dilations", TapeWriter.Integers(windows.Dilations)));
        }
    }

    private static void AddEnd(List<(string, ArgumentValue)> arguments, string? activation, ConstantValue? bias)
    {
        if (activation is not null)
        {
            arguments.Add(("Activation", new EnumValue("Activation", activation)));
        }

        if (bias is null)
        {
            arguments.Add(("UseBias", new BooleanValue(false)));
        }
    }
}
