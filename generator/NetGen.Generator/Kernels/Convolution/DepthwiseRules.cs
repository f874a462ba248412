namespace NetGen.Generator;

/// <summary>Lowers convolutions in which each channel has filters of its own, and their gradients, over one and two axes.</summary>
internal static class DepthwiseRules
{
    public static bool LowerForward(Lowering lowering, Node node) => Lower(lowering, node, node.Output, Epilogue.None, []);

    public static bool LowerInputGradient(Lowering lowering, Node node)
    {
        if (DepthwisePlan.Of(node) is not { } plan)
        {
            return false;
        }

        if (plan.Multiplier == 1)
        {
            return Lower(lowering, node, node.Output, Epilogue.None, []);
        }

        // The gradients of what each channel was repeated to, and their sums.
        Shape x = node.Output.Shape;
        Buffer parts = lowering.Scratch(x.Count * plan.Multiplier, "parts");
        lowering.Add(new DepthwiseKernel(x[0], plan.Rows, plan.Columns, plan.Channels, Epilogue.None), Map(lowering, node.Inputs[0], plan, 1), lowering.Read(node.Inputs[1]), parts);
        RuntimeKernel sum = new("SumChannels", EquatableArray.Of<Dim>(x.Last, plan.Multiplier), $"Y {x} = sums of {plan.Multiplier} channels each.") { Rows = x.CountOf(0, x.Rank - 1) };
        lowering.Add(sum, parts, lowering.Write(node.Output));
        return true;
    }

    public static bool LowerFilterGradient(Lowering lowering, Node node)
    {
        if (DepthwisePlan.Of(node) is not { } plan)
        {
            return false;
        }

        Value x = node.Inputs[0];
        DepthwiseFilterGradientKernel kernel = new(x.Shape[0], plan.Rows, plan.Columns, plan.Channels);
        lowering.Add(kernel, Map(lowering, x, plan, plan.Multiplier), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }

    /// <summary>Whether a node gets tiles that take an epilogue along.</summary>
    public static bool IsTiled(Node node) => node.Op is Conv or ConvInputGradient && DepthwisePlan.Of(node) is { } plan && (node.Op is Conv || plan.Multiplier == 1);

    /// <summary>The tiles of a convolution, or of an input gradient, with an epilogue whose result is <paramref name="output"/>.</summary>
    public static bool Lower(Lowering lowering, Node node, Value output, Epilogue epilogue, IReadOnlyList<Value> operands)
    {
        if (DepthwisePlan.Of(node) is not { } plan)
        {
            return false;
        }

        DepthwiseKernel kernel = new(output.Shape[0], plan.Rows, plan.Columns, plan.Channels, epilogue);
        Buffer map = Map(lowering, node.Inputs[0], plan, node.Op is Conv ? plan.Multiplier : 1);
        lowering.Add(kernel, [map, lowering.Read(node.Inputs[1]), .. operands.Select(o => lowering.Read(o)), lowering.Write(output)]);
        return true;
    }

    /// <summary>The map as the tiles read it.</summary>
    private static Buffer Map(Lowering lowering, Value x, DepthwisePlan plan, int times)
    {
        Shape shape = x.Shape;
        RuntimeKernel? repeat = times == 1 ? null
            : new RuntimeKernel("RepeatChannels", EquatableArray.Of<Dim>(shape.Last, times), $"Y = each channel of X {shape} {times} times.") { Rows = shape.CountOf(0, shape.Rank - 1) };
        Dim repeated = shape.Count * times;
        if (!plan.Copies)
        {
            return repeat is null ? lowering.Read(x) : lowering.Convert(x, repeat, repeated);
        }

        (int height, int width) = (shape.Rank == 3 ? 1 : (int)shape[1].Constant, (int)shape[-2].Constant);
        (int toHeight, int toWidth) = (plan.Rows.Inputs, plan.Columns.Inputs);
        EquatableArray<Dim> sizes = EquatableArray.Of<Dim>(height, width, plan.Channels, plan.SpreadRows, plan.SpreadColumns, 0, plan.Left, toHeight, toWidth);
        RuntimeKernel spread = new("Spread", sizes, $"Y (n, {toHeight}, {toWidth}, {plan.Channels}) = zeros with X (n, {height}, {width}, {plan.Channels}) from column {plan.Left} on, {plan.SpreadRows}x{plan.SpreadColumns} apart.")
        {
            Rows = shape[0],
        };
        Dim length = shape[0] * ((long)toHeight * toWidth * plan.Channels);
        return repeat is null ? lowering.Convert(x, spread, length) : lowering.Convert(lowering.Convert(x, repeat, repeated), spread, length);
    }
}
