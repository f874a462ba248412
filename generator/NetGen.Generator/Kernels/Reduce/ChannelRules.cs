namespace NetGen.Generator;

/// <summary>Lowers sums and moments over all axes but the last: blocks of rows first, then what they left.</summary>
internal static class ChannelRules
{
    private const int ColumnsOfUnit = 32;

    /// <summary>Sums that the runtime's method writes at once.</summary>
    private const int MostTotals = 3;

    /// <summary>Pixels of a block at least for moments in an epilogue: those of fewer would be as large as the map.</summary>
    private const int FewestPixels = 8;

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
        (Dim samples, Buffer partials, MapBlocks blocks) = lowering.FindMoments(node.Inputs[0]) is { } found ? (shape[0], found.Partials, found.Blocks) : LowerPartials(lowering, node, channels);
        EquatableArray<Dim> sizes = EquatableArray.Of<Dim>(samples, blocks.Height, blocks.Width, blocks.BlockHeight, blocks.BlockWidth, channels);
        RuntimeKernel moments = new("ChannelStatistics.Moments", sizes, $"Mean and variance ({channels}) from the moments of the blocks (Chan, Golub and LeVeque 1979).")
        {
            Outputs = EquatableArray.Of("mean", "variance"),
            Panels = UnitsOf(channels),
        };
        lowering.Add(moments, partials, lowering.Write(node.Outputs[0]), lowering.Write(node.Outputs[1]));
        return true;
    }

    /// <summary>
    /// Where the convolution that makes <paramref name="y"/> leaves the moments of each block that it has just written, which spares reading the map once more; null where
    /// nobody wants them, or a pass of its own is better.
    /// </summary>
    public static Buffer? MomentsOf(Lowering lowering, Value y, MapBlocks blocks)
    {
        if (!lowering.Graph.Nodes.Any(n => n.Op is Moments && n.Inputs[0] == y && !MayBeFrozen(lowering, n)) || blocks.Pixels < FewestPixels)
        {
            return null;
        }

        Buffer partials = lowering.Scratch(y.Shape[0] * (blocks.Count * 2 * y.Shape.Last.Constant), "moments");
        lowering.KeepMoments(y, partials, blocks);
        return partials;
    }

    /// <summary>The moments of blocks by a pass over X.</summary>
    private static (Dim Samples, Buffer Partials, MapBlocks Blocks) LowerPartials(Lowering lowering, Node node, int channels)
    {
        Shape shape = node.Inputs[0].Shape;
        Dim rows = Moments.CountOf(shape);
        RowBlocks blocks = RowBlocks.Of(rows, channels);
        string reason = MayBeFrozen(lowering, node) ? "frozen it is not needed" : "what makes X is no convolution of tiles over enough pixels";
        Buffer partials = lowering.Scratch(blocks.Count * (2 * channels), "moments");
        RuntimeKernel kernel = new("ChannelStatistics.Partials", EquatableArray.Of<Dim>(blocks.Rows, rows, channels), $"Sums and sums of squared distances from the mean of {channels} channels over blocks of {blocks.Rows} rows of X {shape}; a pass of its own, because {reason}.")
        {
            Rows = blocks.Count,
        };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), partials);
        return (1, partials, new MapBlocks(rows, 1, blocks.Rows, 1));
    }

    /// <summary>Whether the moments are read only while a toggle is live.</summary>
    private static bool MayBeFrozen(Lowering lowering, Node node) =>
        lowering.Graph.Nodes.Any(n => n.Inputs.Any(node.Outputs.Contains) && n.Inputs.Any(i => i.Kind == ValueKind.Toggle));

    /// <summary>The units of a step over all blocks, whose columns threads share.</summary>
    public static int UnitsOf(int channels) => (channels + ColumnsOfUnit - 1) / ColumnsOfUnit;

    private static SumOperand Kind(Shape operand, Shape summed) => operand == summed ? SumOperand.Full : operand.Count == 1 ? SumOperand.Scalar : SumOperand.Row;
}
