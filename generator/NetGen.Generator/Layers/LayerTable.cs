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
        new SimpleRNNLayer(),
        new LSTMLayer(),
        new GRULayer(),

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
    }.ToDictionary(l => l.Kind, StringComparer.Ordinal);

    public static IEnumerable<Layer> All => Rows.Values;

    public static Layer? Find(string kind) => Rows.TryGetValue(kind, out Layer? row) ? row : null;
}
