using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Every operator of ONNX that NetGen imports, by its name. Add an operator: a row here.</summary>
internal static class OpTable
{
    private static readonly Dictionary<string, OpRow> Rows = new OpRow[]
    {
        // Activations
        Each("Relu", Elementwise.Unary("ReLU", isNonNegative: true)),
        Each("LeakyRelu", c => Elementwise.Unary(c, "LeakyReLU", false, ("NegativeSlope", new NumberValue(c.Number("alpha", 0.01))))),
        Each("Elu", c => Elementwise.Unary(c, "ELU", false, Given(c, "alpha", 1, "Alpha"))),
        Each("Celu", c => Elementwise.Unary(c, "CELU", false, Given(c, "alpha", 1, "Alpha")), since: 12),
        Each("Selu", Elementwise.Selu),
        Each("ThresholdedRelu", c => Elementwise.Unary(c, "Ops.ThresholdedRelu", false, Given(c, "alpha", 1, "Alpha")), since: 10),
        Each("PRelu", Elementwise.PRelu),
        Each("Sigmoid", Elementwise.Unary("Sigmoid", isNonNegative: true)),
        Each("HardSigmoid", Elementwise.HardSigmoid),
        Each("HardSwish", Elementwise.Unary("HardSiLU"), since: 14),
        Each("Tanh", Elementwise.Unary("Tanh")),
        Each("Softplus", Elementwise.Unary("Softplus", isNonNegative: true)) with { Oldest = 1 },
        Each("Softsign", Elementwise.Unary("Softsign")) with { Oldest = 1 },
        Each("Mish", Elementwise.Unary("Mish"), since: 18),
        Each("Gelu", c => Elementwise.Unary(c, "GELU", false, c.Text("approximate", "none") == "tanh" ? [("Approximate", new BooleanValue(true))] : []), since: 20),
        Each("Shrink", c => Elementwise.Unary(c, "Ops.Shrink", false, [.. Given(c, "lambd", 0.5, "Lambd"), .. Given(c, "bias", 0, "Bias")]), since: 9),
        Each("Clip", Elementwise.Clip) with { Constants = [1, 2] },
        Each("Softmax", Normalization.Softmax("Softmax")) with { Oldest = 1 },
        Each("LogSoftmax", Normalization.Softmax("LogSoftmax")) with { Oldest = 1 },
        Each("Hardmax", Normalization.Softmax("Ops.Hardmax")),
        Self("Dropout", Elementwise.Dropout) with { Constants = [1, 2] },
        Self("Identity", Elementwise.Identity),

        // Arithmetic
        Self("Add", Elementwise.Arithmetic("Add")),
        Self("Sub", Elementwise.Arithmetic("Sub")),
        Self("Mul", Elementwise.Arithmetic("Mul")),
        Self("Div", Elementwise.Arithmetic("Div")),
        Each("Mod", Elementwise.Mod, since: 10),
        Each("Pow", Elementwise.Pow),
        Each("Sum", Elementwise.Broadcast("Add")),
        Each("Mean", Elementwise.Broadcast("Average")),
        Each("Max", Elementwise.Broadcast("Maximum")),
        Each("Min", Elementwise.Broadcast("Minimum")),
        Each("Abs", Elementwise.Unary("Ops.Abs", isNonNegative: true)),
        Each("Acos", Elementwise.Unary("Ops.Acos")),
        Each("Acosh", Elementwise.Unary("Ops.Acosh"), since: 9),
        Each("Asin", Elementwise.Unary("Ops.Asin")),
        Each("Asinh", Elementwise.Unary("Ops.Asinh"), since: 9),
        Each("Atan", Elementwise.Unary("Ops.Atan")),
        Each("Atanh", Elementwise.Unary("Ops.Atanh"), since: 9),
        Each("Ceil", Elementwise.Unary("Ops.Ceil")),
        Each("Cos", Elementwise.Unary("Ops.Cos")),
        Each("Cosh", Elementwise.Unary("Ops.Cosh"), since: 9),
        Each("Erf", Elementwise.Unary("Ops.Erf"), since: 9),
        Each("Exp", Elementwise.Unary("Exponential", isNonNegative: true)),
        Each("Floor", Elementwise.Unary("Ops.Floor")),
        Each("Log", Elementwise.Unary("Ops.Log")),
        Each("Neg", Elementwise.Unary("Ops.Neg")),
        Each("Reciprocal", Elementwise.Unary("Ops.Reciprocal")),
        Each("Round", Elementwise.Unary("Ops.Round"), since: 11),
        Each("Sign", Elementwise.Unary("Ops.Sign"), since: 9),
        Each("Sin", Elementwise.Unary("Ops.Sin")),
        Each("Sinh", Elementwise.Unary("Ops.Sinh"), since: 9),
        Each("Sqrt", Elementwise.Unary("Ops.Sqrt", isNonNegative: true)),
        Each("Tan", Elementwise.Unary("Ops.Tan")),
        Self("Cast", Elementwise.Cast),
        Self("CastLike", Elementwise.CastLike, since: 15),

        // Comparisons
        Each("Equal", Elementwise.Broadcast("Ops.Equal", DataType.Bool)),
        Each("Greater", Elementwise.Broadcast("Ops.Greater", DataType.Bool)),
        Each("GreaterOrEqual", Elementwise.Broadcast("Ops.GreaterOrEqual", DataType.Bool), since: 12),
        Each("Less", Elementwise.Broadcast("Ops.Less", DataType.Bool)),
        Each("LessOrEqual", Elementwise.Broadcast("Ops.LessOrEqual", DataType.Bool), since: 12),
        Each("And", Elementwise.Broadcast("Ops.And", DataType.Bool)),
        Each("Or", Elementwise.Broadcast("Ops.Or", DataType.Bool)),
        Each("Xor", Elementwise.Broadcast("Ops.Xor", DataType.Bool)),
        Each("Not", c => Elementwise.Truth(c, "Ops.Not")) with { Oldest = 1 },
        Each("IsNaN", c => Elementwise.Truth(c, "Ops.IsNaN"), since: 9),
        Each("IsInf", Elementwise.IsInf, since: 10),
        Each("Where", Elementwise.Where, since: 9),

        // Products and convolutions
        Each("MatMul", Products.MatMul),
        Each("Gemm", Products.Gemm),
        Each("Conv", Convolution.Conv) with { Constants = [1, 2], Oldest = 1 },
        Each("ConvTranspose", Convolution.ConvTranspose) with { Constants = [1, 2], Oldest = 1 },

        // Pools
        Each("MaxPool", Pooling.MaxPool) with { Oldest = 1 },
        Each("AveragePool", Pooling.AveragePool) with { Oldest = 1 },
        Each("GlobalMaxPool", Pooling.Global("Max")) with { Oldest = 1 },
        Each("GlobalAveragePool", Pooling.Global("Average")) with { Oldest = 1 },

        // Normalization
        Each("BatchNormalization", Normalization.BatchNormalization) with { Constants = [1, 2, 3, 4] },
        Each("LayerNormalization", Normalization.LayerNormalization, since: 17) with { Constants = [1, 2] },
        Each("InstanceNormalization", Normalization.InstanceNormalization) with { Constants = [1, 2] },
        Each("GroupNormalization", Normalization.GroupNormalization, since: 18) with { Constants = [1, 2] },
        Each("LRN", Normalization.LRN) with { Oldest = 1 },
        Each("LpNormalization", Normalization.LpNormalization) with { Oldest = 1 },
        Each("MeanVarianceNormalization", Normalization.MeanVarianceNormalization, since: 9),

        // Recurrence
        Each("LSTM", Recurrent.Of("LSTM")) with { Constants = [1, 2, 3, 7] },
        Each("GRU", Recurrent.Of("GRU")) with { Constants = [1, 2, 3] },
        Each("RNN", Recurrent.Of("RNN")) with { Constants = [1, 2, 3] },

        // Reductions
        Each("ReduceSum", Reductions.Of("Ops.ReduceSum", axesAsInput: 13)) with { Constants = [1], Oldest = 1 },
        Each("ReduceMean", Reductions.Of("Ops.ReduceMean")) with { Constants = [1], Oldest = 1 },
        Each("ReduceMax", Reductions.Of("Ops.ReduceMax")) with { Constants = [1], Oldest = 1 },
        Each("ReduceMin", Reductions.Of("Ops.ReduceMin")) with { Constants = [1], Oldest = 1 },
        Each("ReduceProd", Reductions.Of("Ops.ReduceProd")) with { Constants = [1], Oldest = 1 },
        Each("ReduceL1", Reductions.Of("Ops.ReduceL1")) with { Constants = [1], Oldest = 1 },
        Each("ReduceL2", Reductions.Of("Ops.ReduceL2")) with { Constants = [1], Oldest = 1 },
        Each("ReduceLogSum", Reductions.Of("Ops.ReduceLogSum")) with { Constants = [1], Oldest = 1 },
        Each("ReduceLogSumExp", Reductions.Of("Ops.ReduceLogSumExp")) with { Constants = [1], Oldest = 1 },
        Each("ReduceSumSquare", Reductions.Of("Ops.ReduceSumSquare")) with { Constants = [1], Oldest = 1 },
        Each("ArgMax", Reductions.Arg("Ops.ArgMax")) with { Oldest = 1 },
        Each("ArgMin", Reductions.Arg("Ops.ArgMin")) with { Oldest = 1 },
        Each("CumSum", Reductions.CumSum, since: 11) with { Constants = [1] },

        // Shapes
        Self("Reshape", Shapes.Reshape) with { Constants = [1] },
        Self("Flatten", Shapes.Flatten) with { Oldest = 1 },
        Self("Transpose", Shapes.Transpose) with { Oldest = 1 },
        Self("Squeeze", Shapes.Squeeze) with { Constants = [1], Oldest = 1 },
        Self("Unsqueeze", Shapes.Unsqueeze) with { Constants = [1], Oldest = 1 },
        Self("Shape", Shapes.Shape) with { Oldest = 1 },
        Self("Size", Shapes.CountOf) with { Oldest = 1 },
        Self("Expand", Shapes.Expand, since: 8) with { Constants = [1] },
        Each("Tile", Shapes.Tile) with { Constants = [1] },

        // Parts
        Self("Concat", Selection.Concat),
        Each("Split", Selection.Split) with { Constants = [1] },
        Self("Slice", Selection.Slice) with { Constants = [1, 2, 3, 4] },
        Self("Gather", Selection.Gather) with { Oldest = 1 },
        Each("GatherElements", Selection.GatherElements, since: 11),
        Each("Pad", Selection.Pad) with { Constants = [1, 2, 3] },

        // Sizes of maps
        Each("Resize", Images.Resize, since: 10) with { Constants = [1, 2, 3] },
        Each("Upsample", Images.Upsample, until: 9) with { Constants = [1] },
        Each("DepthToSpace", Images.DepthToSpace) with { Oldest = 1 },
        Each("SpaceToDepth", Images.SpaceToDepth) with { Oldest = 1 },

        // Constants
        Self("Constant", Selection.Constant) with { Oldest = 1 },
        Self("ConstantOfShape", Selection.ConstantOfShape, since: 9) with { Constants = [0] },
        Self("Range", Selection.Range, since: 11) with { Constants = [0, 1, 2] },
    }.ToDictionary(r => r.Op, StringComparer.Ordinal);

    public static IEnumerable<OpRow> All => Rows.Values;

    public static OpRow? Find(string op) => Rows.GetValueOrDefault(op);

    /// <summary>An operator whose layers also evaluate it where all inputs are constants.</summary>
    private static OpRow Each(string op, Action<NodeContext> convert, int since = 1, int until = int.MaxValue) => new(op, convert, since, until);

    /// <summary>An operator whose conversion knows what to do with constants.</summary>
    private static OpRow Self(string op, Action<NodeContext> convert, int since = 1, int until = int.MaxValue) => new(op, convert, since, until) { FoldsItself = true };

    /// <summary>An attribute that is not the default, as an argument.</summary>
    private static (string Name, ArgumentValue Value)[] Given(NodeContext c, string attribute, double fallback, string argument) =>
        c.Number(attribute, fallback) is var number && number == fallback ? [] : [(argument, new NumberValue(number))];
}
