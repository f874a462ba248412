namespace NetGen.Generator;

/// <summary>Every layer, by its attribute's name. Add a layer: its file and a row here.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, Layer> Rows = new Layer[]
    {
        // Core
        new DenseLayer(),
        new EmbeddingLayer(),
        new IdentityLayer(),
        new MaskingLayer(),

        // Activations
        new ActivationLayer(),
        new ElementwiseLayer("ReLU", (c, x) => ActivationExpressions.ReLU(x, c.Has("MaxValue") ? c.Number("MaxValue", least: 0) : null, c.Number("NegativeSlope", 0, least: 0), c.Number("Threshold", 0, least: 0)), "MaxValue", "NegativeSlope", "Threshold"),
        new ElementwiseLayer("LeakyReLU", (c, x) => ActivationExpressions.LeakyReLU(x, c.Number("NegativeSlope", 0.3, least: 0)), "NegativeSlope"),
        new PlainActivationLayer("ReLU6"),
        new PReLULayer(),
        new ElementwiseLayer("ELU", (c, x) => ActivationExpressions.ELU(x, c.Number("Alpha", 1)), "Alpha"),
        new ElementwiseLayer("CELU", (c, x) => ActivationExpressions.CELU(x, c.Number("Alpha", 1, least: 1e-6)), "Alpha"),
        new PlainActivationLayer("SELU"),
        new ElementwiseLayer("GELU", (c, x) => ActivationExpressions.GELU(x, c.Boolean("Approximate", false)), "Approximate"),
        new GLULayer(),
        new PlainActivationLayer("SiLU"),
        new PlainActivationLayer("Mish"),
        new PlainActivationLayer("Softplus"),
        new PlainActivationLayer("Softsign"),
        new ElementwiseLayer("Squareplus", (c, x) => ActivationExpressions.Squareplus(x, c.Number("B", 4, least: 0)), "B"),
        new ElementwiseLayer("SoftShrink", (c, x) => ActivationExpressions.SoftShrink(x, c.Number("Threshold", 0.5, least: 0)), "Threshold"),
        new ElementwiseLayer("HardShrink", (c, x) => ActivationExpressions.HardShrink(x, c.Number("Threshold", 0.5, least: 0)), "Threshold"),
        new PlainActivationLayer("TanhShrink"),
        new PlainActivationLayer("SparsePlus"),
        new PlainActivationLayer("SparseSigmoid"),
        new AxisActivationLayer("Sparsemax", new Sparsemax()),
        new PlainActivationLayer("Tanh"),
        new PlainActivationLayer("Sigmoid"),
        new PlainActivationLayer("HardSigmoid"),
        new PlainActivationLayer("HardSiLU"),
        new PlainActivationLayer("HardTanh"),
        new PlainActivationLayer("Exponential"),
        new PlainActivationLayer("LogSigmoid"),
        new AxisActivationLayer("LogSoftmax", new LogSoftmax()),
        new SoftmaxLayer(),
        new ElementwiseLayer("Threshold", (c, x) => ActivationExpressions.Threshold(x, c.Number("Value", 0), c.Number("DefaultValue", 0)), "Value", "DefaultValue"),

        // Convolutional
        new ConvLayer("Conv1D", 1),
        new ConvLayer("Conv2D", 2),
        new ConvTransposeLayer("Conv1DTranspose", 1),
        new ConvTransposeLayer("Conv2DTranspose", 2),
        new DepthwiseConvLayer("DepthwiseConv1D", 1),
        new DepthwiseConvLayer("DepthwiseConv2D", 2),
        new SeparableConvLayer("SeparableConv1D", 1),
        new SeparableConvLayer("SeparableConv2D", 2),

        // Pooling
        new PoolingLayer("MaxPooling1D", 1, g => new MaxPool(g)),
        new PoolingLayer("MaxPooling2D", 2, g => new MaxPool(g)),
        new PoolingLayer("AveragePooling1D", 1, g => new AveragePool(g)),
        new PoolingLayer("AveragePooling2D", 2, g => new AveragePool(g)),
        new GlobalMaxPoolingLayer("GlobalMaxPooling1D", 1),
        new GlobalMaxPoolingLayer("GlobalMaxPooling2D", 2),
        new GlobalAveragePoolingLayer("GlobalAveragePooling1D", 1),
        new GlobalAveragePoolingLayer("GlobalAveragePooling2D", 2),

        // Recurrent
        new SimpleRNNLayer(RecurrentStyle.Keras),
        new LSTMLayer(RecurrentStyle.Keras),
        new GRULayer(RecurrentStyle.Keras),

        // Attention
        new DotLayer(),
        new SequenceAttentionLayer("Attention", ["ScoreMode"], SequenceAttentionLayer.Scores),
        new SequenceAttentionLayer("AdditiveAttention", [], SequenceAttentionLayer.AdditiveScores),
        new MultiHeadAttentionLayer(),
        new GroupedQueryAttentionLayer(),
        new PositionEmbeddingLayer(),
        new SinePositionEncodingLayer(),
        new TokenAndPositionEmbeddingLayer(),

        // Normalization
        new BatchNormalizationLayer(),
        new GroupNormalizationLayer(),
        new LayerNormalizationLayer(),
        new NormalizationLayer(),
        new RescalingLayer(),

        // Regularization
        new DropoutLayer(),
        new SpatialDropoutLayer("SpatialDropout1D", 1),
        new SpatialDropoutLayer("SpatialDropout2D", 2),

        // Preprocessing
        new ResizingLayer(),
        new RandomFlipLayer(),
        new RandomCropLayer(),
        new RandomTranslationLayer(),
        new RandomContrastLayer(),
        new RandomBrightnessLayer(),

        // Reshaping
        new FlattenLayer(),
        new ReshapeLayer(),
        new RepeatVectorLayer(),
        new PermuteLayer(),
        new ZeroPaddingLayer("ZeroPadding1D", 1),
        new ZeroPaddingLayer("ZeroPadding2D", 2),
        new CroppingLayer("Cropping1D", 1),
        new CroppingLayer("Cropping2D", 2),
        new UpSamplingLayer("UpSampling1D", 1),
        new UpSamplingLayer("UpSampling2D", 2),

        // Merging
        new ElementwiseMergeLayer("Add", int.MaxValue, (a, b) => a + b),
        new ElementwiseMergeLayer("Subtract", 2, (a, b) => a - b),
        new ElementwiseMergeLayer("Multiply", int.MaxValue, (a, b) => a * b, masking: MergeMasking.AsOne),
        new ElementwiseMergeLayer("Average", int.MaxValue, (a, b) => a + b, isAverage: true),
        new ElementwiseMergeLayer("Maximum", int.MaxValue, (a, b) => Expr.Call("Max", a, b), masking: MergeMasking.AsOther),
        new ElementwiseMergeLayer("Minimum", int.MaxValue, (a, b) => Expr.Call("Min", a, b), masking: MergeMasking.AsOther),
        new ConcatenateLayer(),

        // Ops: what begins with itself
        new ConstantLayer(),
        new ParameterLayer(),

        // Ops: element by element
        new MapLayer("Ops.Abs", 1, (c, x) => Expr.Call("Abs", x[0])),
        new MapLayer("Ops.Acos", 1, (c, x) => Expr.Call("Acos", x[0])),
        new MapLayer("Ops.Acosh", 1, (c, x) => Expr.Call("Acosh", x[0])),
        new MapLayer("Ops.And", 2, (c, x) => Expr.Call("And", x[0], x[1])),
        new MapLayer("Ops.Asin", 1, (c, x) => Expr.Call("Asin", x[0])),
        new MapLayer("Ops.Asinh", 1, (c, x) => Expr.Call("Asinh", x[0])),
        new MapLayer("Ops.Atan", 1, (c, x) => Expr.Call("Atan", x[0])),
        new MapLayer("Ops.Atanh", 1, (c, x) => Expr.Call("Atanh", x[0])),
        new MapLayer("Ops.Cast", 1, (c, x) => OpsExpressions.Cast(x[0], c.Enum("To", "OnnxType", OpsExpressions.Types, "Float")), "To"),
        new MapLayer("Ops.Ceil", 1, (c, x) => Expr.Call("Ceil", x[0])),
        new MapLayer("Ops.Clip", 1, (c, x) => OpsExpressions.Clip(c, x[0]), "Min", "Max"),
        new MapLayer("Ops.Cos", 1, (c, x) => Expr.Call("Cos", x[0])),
        new MapLayer("Ops.Cosh", 1, (c, x) => Expr.Call("Cosh", x[0])),
        new MapLayer("Ops.Div", 2, (c, x) => x[0] / x[1]),
        new MapLayer("Ops.Equal", 2, (c, x) => Expr.Call("Equal", x[0], x[1])),
        new MapLayer("Ops.Erf", 1, (c, x) => Expr.Call("Erf", x[0])),
        new MapLayer("Ops.Floor", 1, (c, x) => Expr.Call("Floor", x[0])),
        new MapLayer("Ops.Greater", 2, (c, x) => Expr.Call("Greater", x[0], x[1])),
        new MapLayer("Ops.GreaterOrEqual", 2, (c, x) => Expr.Call("GreaterOrEqual", x[0], x[1])),
        new MapLayer("Ops.HardSigmoid", 1, (c, x) => OpsExpressions.HardSigmoid(x[0], c.Number("Alpha", 0.2), c.Number("Beta", 0.5)), "Alpha", "Beta"),
        new MapLayer("Ops.IsInf", 1, (c, x) => OpsExpressions.IsInf(x[0], c.Boolean("DetectNegative", true), c.Boolean("DetectPositive", true)), "DetectNegative", "DetectPositive"),
        new MapLayer("Ops.IsNaN", 1, (c, x) => OpsExpressions.IsNaN(x[0])),
        new MapLayer("Ops.Less", 2, (c, x) => Expr.Call("Less", x[0], x[1])),
        new MapLayer("Ops.LessOrEqual", 2, (c, x) => Expr.Call("LessOrEqual", x[0], x[1])),
        new MapLayer("Ops.Log", 1, (c, x) => Expr.Call("Log", x[0])),
        new MapLayer("Ops.Mod", 2, (c, x) => OpsExpressions.Mod(x[0], x[1], c.Boolean("Fmod", false)), "Fmod"),
        new MapLayer("Ops.Neg", 1, (c, x) => Expr.Call("Neg", x[0])),
        new MapLayer("Ops.Not", 1, (c, x) => OpsExpressions.Not(x[0])),
        new MapLayer("Ops.Or", 2, (c, x) => Expr.Call("Or", x[0], x[1])),
        new MapLayer("Ops.Pow", 2, (c, x) => Expr.Call("Pow", x[0], x[1])),
        new MapLayer("Ops.PRelu", 2, (c, x) => OpsExpressions.PRelu(x[0], x[1])),
        new MapLayer("Ops.Reciprocal", 1, (c, x) => 1.0 / x[0]),
        new MapLayer("Ops.Round", 1, (c, x) => Expr.Call("Round", x[0])),
        new MapLayer("Ops.Selu", 1, (c, x) => OpsExpressions.Selu(x[0], c.Number("Alpha", 1.67326319217681884765625), c.Number("Gamma", 1.05070102214813232421875)), "Alpha", "Gamma"),
        new MapLayer("Ops.Shrink", 1, (c, x) => OpsExpressions.Shrink(x[0], c.Number("Lambd", 0.5), c.Number("Bias", 0)), "Lambd", "Bias"),
        new MapLayer("Ops.Sign", 1, (c, x) => Expr.Call("Sign", x[0])),
        new MapLayer("Ops.Sin", 1, (c, x) => Expr.Call("Sin", x[0])),
        new MapLayer("Ops.Sinh", 1, (c, x) => Expr.Call("Sinh", x[0])),
        new MapLayer("Ops.Sqrt", 1, (c, x) => Expr.Call("Sqrt", x[0])),
        new MapLayer("Ops.Tan", 1, (c, x) => Expr.Call("Tan", x[0])),
        new MapLayer("Ops.ThresholdedRelu", 1, (c, x) => ActivationExpressions.Threshold(x[0], c.Number("Alpha", 1), 0), "Alpha"),
        new MapLayer("Ops.Where", 3, (c, x) => Expr.Call("Where", x[0], x[1], x[2])),
        new MapLayer("Ops.Xor", 2, (c, x) => Expr.Call("Xor", x[0], x[1])),

        // Ops: products
        new MatMulLayer(),

        // Ops: along axes
        new ReduceLayer("Ops.ReduceSum", ReduceExpressions.Sum),
        new ReduceLayer("Ops.ReduceMean", ReduceExpressions.Mean),
        new ReduceLayer("Ops.ReduceMax", ReduceExpressions.Max),
        new ReduceLayer("Ops.ReduceMin", ReduceExpressions.Min),
        new ReduceLayer("Ops.ReduceProd", ReduceExpressions.Prod),
        new ReduceLayer("Ops.ReduceL1", ReduceExpressions.L1),
        new ReduceLayer("Ops.ReduceL2", ReduceExpressions.L2),
        new ReduceLayer("Ops.ReduceLogSum", ReduceExpressions.LogSum),
        new ReduceLayer("Ops.ReduceLogSumExp", ReduceExpressions.LogSumExp),
        new ReduceLayer("Ops.ReduceSumSquare", ReduceExpressions.SumSquare),
        new ArgLayer("Ops.ArgMax", isMinimum: false),
        new ArgLayer("Ops.ArgMin", isMinimum: true),
        new HardmaxLayer(),
        new CumSumLayer(),

        // Ops: parts and repetitions
        new ExpandLayer(),
        new GatherLayer(),
        new GatherElementsLayer(),
        new SliceLayer(),
        new TileLayer(),

        // Ops: maps and sequences
        new OpsConvLayer(),
        new OpsConvTransposeLayer(),
        new OpsPoolLayer("Ops.MaxPool", isMax: true),
        new OpsPoolLayer("Ops.AveragePool", isMax: false),
        new OpsPadLayer(),
        new OpsResizeLayer(),
        new OpsLRNLayer(),
        new OpsInstanceNormalizationLayer(),
        new OpsMeanVarianceNormalizationLayer(),
        new OpsLpNormalizationLayer(),
        new OpsDepthToSpaceLayer(),
        new OpsSpaceToDepthLayer(),
        new SimpleRNNLayer(RecurrentStyle.Onnx),
        new LSTMLayer(RecurrentStyle.Onnx),
        new GRULayer(RecurrentStyle.Onnx),
    }.ToDictionary(l => l.Kind, StringComparer.Ordinal);

    public static IEnumerable<Layer> All => Rows.Values;

    public static Layer? Find(string kind) => Rows.TryGetValue(kind, out Layer? row) ? row : null;
}
