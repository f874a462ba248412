namespace NetGen.Generator;

/// <summary>Lowers sums and moments over all axes but the last: blocks of rows first, then what they left.</summary>
internal static class ChannelRules
{
    private const int ColumnsOfUnit = 32;

    /// <summary>Sums that the runtime's method writes at once.</summary>
    private const int MostTotals = 3;

    public static bool LowerSums(Lowering lowering, Node node)
    {
        ChannelSums op = (ChannelSums)node.Op;
        Dim rows = Moments.CountOf(op.Shape);
        int channels = checked((int)op.Shape.Last.Constant), count = op.Body.Count;
        ChannelSumsKernel kernel = new(rows, channels, node.Inputs.Select(i => Kind(i.Shape, op.Shape)).ToEquatableArray(), op.Body);
        Dim blocks = RowBlocks.Of(rows, channels).Count;
        Buffer partials = lowering.Scratch(blocks * (count * channels), "sums");
        lowering.Add(kernel, [.. node.Inputs.Select(i => lowering.Read(i)), partials]);
        for (int k = 0; k < count; k += MostTotals)
        {
            Value[] outputs = [.. node.Outputs.Skip(k).Take(MostTotals)];
            RuntimeKernel totals = new("ChannelStatistics.Totals", EquatableArray.Of<Dim>(blocks, count, k, channels), $"Each Y ({channels}) = sum of its X[:, i, :] ({count}, {channels}) over the blocks, in double.")
            {
                Outputs = outputs.Select((_, i) => "y" + Literal.Of(i)).ToEquatableArray(),
                Panels = UnitsOf(channels),
            };
            lowering.Add(totals, [partials, .. outputs.Select(o => lowering.Write(o))]);
        }

        return true;
    }

    public static bool LowerMoments(Lowering lowering, Node node)
    {
        Shape shape = node.Inputs[0].Shape;
        if (!shape.Last.IsConstant)
        {
            return false;
        }

        int channels = checked((int)shape.Last.Constant);
        Dim rows = Moments.CountOf(shape);
        RowBlocks blocks = RowBlocks.Of(rows, channels);
        Buffer partials = lowering.Scratch(blocks.Count * (2 * channels), "moments");
        RuntimeKernel kernel = new("ChannelStatistics.Partials", EquatableArray.Of<Dim>(blocks.Rows, rows, channels), $"Sums and sums of squared distances from the mean of {channels} channels over blocks of {blocks.Rows} rows of X {shape}.")
        {
            Rows = blocks.Count,
        };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), partials);
        RuntimeKernel moments = new("ChannelStatistics.Moments", EquatableArray.Of<Dim>(blocks.Rows, blocks.Count, rows, channels), $"Mean and variance ({channels}) from the moments of the blocks (Chan, Golub and LeVeque 1979).")
        {
            Outputs = EquatableArray.Of("mean", "variance"),
            Panels = UnitsOf(channels),
        };
        lowering.Add(moments, partials, lowering.Write(node.Outputs[0]), lowering.Write(node.Outputs[1]));
        return true;
    }

    /// <summary>The units of a step over all blocks, whose columns threads share.</summary>
    public static int UnitsOf(int channels) => (channels + ColumnsOfUnit - 1) / ColumnsOfUnit;

    private static SumOperand Kind(Shape operand, Shape summed) => operand == summed ? SumOperand.Full : operand.Count == 1 ? SumOperand.Scalar : SumOperand.Row;
}
