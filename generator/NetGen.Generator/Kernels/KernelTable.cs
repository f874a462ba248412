namespace NetGen.Generator;

/// <summary>
/// For each op the kernels that can run it, in order of preference. A rule either lowers the node and says so, or passes. Add a kernel: add a row with the reason.
/// </summary>
internal static class KernelTable
{
    private static readonly Dictionary<Type, Func<Lowering, Node, bool>[]> Rows = new()
    {
        // Columns are read and written where they are. The epilogue of a product; a costly function is cheaper in a loop of its own, where all registers are free for it.
        [typeof(Map)] = [ColumnRule.Lower, EpilogueRule.Lower, MapRule.Lower],

        // One column would fill one lane of a panel. Weights and gradients have constant columns; what is left (products of two run-time matrices) takes the plain loops.
        [typeof(MatMul)] = [MatMulRule.LowerDot, MatMulRule.Lower, MatMulRule.LowerPlain],

        // Panels of a matrix pay off over many rows.
        [typeof(BatchMatMul)] = [BatchMatMulRule.LowerRow, BatchMatMulRule.Lower],
        [typeof(ReduceSum)] = [ReduceRule.Lower],
        [typeof(ReduceMax)] = [ReduceRule.Lower],
        [typeof(ReduceMin)] = [ReduceRule.Lower],
        [typeof(ReduceProd)] = [ReduceRule.Lower],
        [typeof(ChannelSums)] = [ChannelRules.LowerSums],
        [typeof(Moments)] = [ChannelRules.LowerMoments],
        [typeof(Softmax)] = [SoftmaxRule.Lower, SoftmaxRule.LowerMasked],
        [typeof(LogSoftmax)] = [RowRules.LowerLogSoftmax],
        [typeof(WindowSum)] = [RowRules.LowerWindowSum],
        [typeof(Sparsemax)] = [RowRules.LowerSparsemax],
        [typeof(Transpose)] = [TransposeRule.Lower],
        [typeof(SizeOf)] = [SizeOfRule.Lower],
        [typeof(SequenceMask)] = [MoveRules.LowerSequenceMask],
        [typeof(SinePositions)] = [MoveRules.LowerSinePositions],
        [typeof(Scan)] = [ScanRule.Lower],

        // What a stream adds to what it keeps needs no copy of what is there.
        [typeof(Concat)] = [MoveRules.LowerAdding, MoveRules.LowerConcat],
        [typeof(Slice)] = [MoveRules.LowerSlice],
        [typeof(Pad)] = [MoveRules.LowerPad],
        [typeof(Reverse)] = [MoveRules.LowerReverse],
        [typeof(Resample)] = [ResampleRules.LowerResample],
        [typeof(SampleAxis)] = [ResampleRules.LowerSample],
        [typeof(SampleAxisGradient)] = [ResampleRules.LowerSampleGradient],
        [typeof(Gather)] = [MoveRules.LowerGather],
        [typeof(GatherGradient)] = [MoveRules.LowerGatherGradient],
        [typeof(GatherAxis)] = [IndexRules.LowerGatherAxis],
        [typeof(GatherAxisGradient)] = [IndexRules.LowerGatherAxisGradient],
        [typeof(GatherElements)] = [IndexRules.LowerGatherElements],
        [typeof(GatherElementsGradient)] = [IndexRules.LowerGatherElementsGradient],
        [typeof(ArgMax)] = [IndexRules.LowerArgMax],
        [typeof(CumSum)] = [IndexRules.LowerCumSum],

        // Dense filters first, then those of single channels; other groups and sizes known at run time take the plain loops.
        [typeof(Conv)] = [ConvRules.LowerForward, DepthwiseRules.LowerForward, ConvRules.LowerDirect],
        [typeof(ConvInputGradient)] = [ConvRules.LowerInputGradient, DepthwiseRules.LowerInputGradient, ConvRules.LowerDirect],
        [typeof(ConvFilterGradient)] = [ConvRules.LowerFilterGradient, DepthwiseRules.LowerFilterGradient, ConvRules.LowerDirect],
        [typeof(MaxPool)] = [PoolRules.LowerForward],
        [typeof(MaxPoolGradient)] = [PoolRules.LowerGradient],
        [typeof(AveragePool)] = [PoolRules.LowerForward],
        [typeof(AveragePoolGradient)] = [PoolRules.LowerGradient],
    };

    /// <summary>The ops that have a kernel.</summary>
    public static IEnumerable<Type> Ops => Rows.Keys;

    public static void Lower(Lowering lowering, Node node)
    {
        if (!Rows.TryGetValue(node.Op.GetType(), out Func<Lowering, Node, bool>[]? rules) || !rules.Any(rule => rule(lowering, node)))
        {
            throw new NotSupportedException($"No kernel takes {node.Op} of {string.Join(", ", node.Inputs.Select(i => i.Type))}.");
        }
    }
}
