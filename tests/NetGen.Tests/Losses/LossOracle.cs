namespace NetGen.Tests;

/// <summary>What the predictions of a loss have to be.</summary>
internal enum PredictionKind
{
    Real,
    Positive,
    Probability,
    Logits,

    /// <summary>Of a size that is far from 0.</summary>
    Large,

    /// <summary>Targets are -1 and 1, predictions away from where they are met.</summary>
    Margin,

    /// <summary>Targets are away from 0, and predictions from them.</summary>
    Far,

    /// <summary>Targets are one-hot, predictions far from each other.</summary>
    Distinct,
}

/// <summary>A second formulation of a loss: one row in double, from the definition and without regard to stability.</summary>
/// <param name="Name">The name of the case; the part before a space is the row of <see cref="LossTable"/>.</param>
/// <param name="Create">The loss under test.</param>
/// <param name="Kind">What its predictions are.</param>
/// <param name="IsSparse">Whether targets are class indices.</param>
/// <param name="Row">The loss of a row of predictions and a row of targets (one-hot for class indices).</param>
internal sealed record LossOracle(
    string Name, Func<LossReduction, Loss> Create, PredictionKind Kind, bool IsSparse, Func<double[], double[], double> Row)
{
    private const double Epsilon = 1e-7;

    public static IReadOnlyList<LossOracle> All { get; } =
    [
        new("MeanSquaredError", r => Loss.MeanSquaredError(r), PredictionKind.Real, false, (p, t) => p.Zip(t, (a, b) => (a - b) * (a - b)).Average()),
        new("MeanAbsoluteError", r => Loss.MeanAbsoluteError(r), PredictionKind.Real, false, (p, t) => p.Zip(t, (a, b) => Math.Abs(a - b)).Average()),
        new("Huber", r => Loss.Huber(reduction: r), PredictionKind.Real, false, (p, t) => Huber(p, t, 1)),
        new("Huber delta", r => Loss.Huber(0.3, r), PredictionKind.Real, false, (p, t) => Huber(p, t, 0.3f)),
        new("BinaryCrossentropy", r => Loss.BinaryCrossentropy(reduction: r), PredictionKind.Probability, false, (p, t) => Binary(p, t, 0)),
        new("BinaryCrossentropy smoothed", r => Loss.BinaryCrossentropy(labelSmoothing: 0.2, reduction: r), PredictionKind.Probability, false, (p, t) => Binary(p, t, 0.2)),
        new("BinaryCrossentropy of logits", r => Loss.BinaryCrossentropy(true, reduction: r), PredictionKind.Logits, false, (x, t) => Binary(Sigmoid(x), t, 0)),
        new("BinaryCrossentropy of logits smoothed", r => Loss.BinaryCrossentropy(true, 1, reduction: r), PredictionKind.Logits, false, (x, t) => Binary(Sigmoid(x), t, 1)),
        new("CategoricalCrossentropy", r => Loss.CategoricalCrossentropy(reduction: r), PredictionKind.Positive, false, (p, t) => Categorical(p, t, 0)),
        new("CategoricalCrossentropy smoothed", r => Loss.CategoricalCrossentropy(labelSmoothing: 0.1, reduction: r), PredictionKind.Positive, false, (p, t) => Categorical(p, t, 0.1)),
        new("CategoricalCrossentropy of logits", r => Loss.CategoricalCrossentropy(true, reduction: r), PredictionKind.Logits, false, (x, t) => OfLogits(x, t, 0)),
        new("CategoricalCrossentropy of logits smoothed", r => Loss.CategoricalCrossentropy(true, 1, reduction: r), PredictionKind.Logits, false, (x, t) => OfLogits(x, t, 1)),
        new("SparseCategoricalCrossentropy", r => Loss.SparseCategoricalCrossentropy(reduction: r), PredictionKind.Positive, true, (p, t) => Categorical(p, t, 0)),
        new("SparseCategoricalCrossentropy of logits", r => Loss.SparseCategoricalCrossentropy(true, reduction: r), PredictionKind.Logits, true, (x, t) => OfLogits(x, t, 0)),
        new("KLDivergence", r => Loss.KLDivergence(r), PredictionKind.Probability, false, Divergence),
        new("MeanAbsolutePercentageError", r => Loss.MeanAbsolutePercentageError(r), PredictionKind.Far, false, (p, t) => 100 * p.Zip(t, (a, b) => Math.Abs(a - b) / Math.Max(Math.Abs(b), Epsilon)).Average()),
        new("MeanSquaredLogarithmicError", r => Loss.MeanSquaredLogarithmicError(r), PredictionKind.Positive, false, (p, t) => p.Zip(t, (a, b) => Math.Pow(Math.Log((1 + Math.Max(a, Epsilon)) / (1 + Math.Max(b, Epsilon))), 2)).Average()),
        new("LogCosh", r => Loss.LogCosh(r), PredictionKind.Real, false, (p, t) => p.Zip(t, (a, b) => Math.Log(Math.Cosh(a - b))).Average()),
        new("Poisson", r => Loss.Poisson(r), PredictionKind.Positive, false, (p, t) => p.Zip(t, (a, b) => a - (b * Math.Log(a + Epsilon))).Average()),
        new("CosineSimilarity", r => Loss.CosineSimilarity(reduction: r), PredictionKind.Large, false, Cosine),
        new("Hinge", r => Loss.Hinge(r), PredictionKind.Margin, false, (p, t) => p.Zip(t, (a, b) => Math.Max(1 - (a * b), 0)).Average()),
        new("SquaredHinge", r => Loss.SquaredHinge(r), PredictionKind.Margin, false, (p, t) => p.Zip(t, (a, b) => Math.Pow(Math.Max(1 - (a * b), 0), 2)).Average()),
        new("CategoricalHinge", r => Loss.CategoricalHinge(r), PredictionKind.Distinct, false, (p, t) => Math.Max(p.Zip(t, (a, b) => (1 - b) * a).Max() - p.Zip(t, (a, b) => a * b).Sum() + 1, 0)),
        new("BinaryFocalCrossentropy", r => Loss.BinaryFocalCrossentropy(reduction: r), PredictionKind.Probability, false, (p, t) => BinaryFocal(p, t, null, 2, 0)),
        new("BinaryFocalCrossentropy balanced", r => Loss.BinaryFocalCrossentropy(true, 0.75, 1.5, labelSmoothing: 0.2, reduction: r), PredictionKind.Probability, false, (p, t) => BinaryFocal(p, t, 0.75, 1.5, 0.2)),
        new("BinaryFocalCrossentropy without focus", r => Loss.BinaryFocalCrossentropy(gamma: 0, reduction: r), PredictionKind.Probability, false, (p, t) => Binary(p, t, 0)),
        new("BinaryFocalCrossentropy of logits", r => Loss.BinaryFocalCrossentropy(true, gamma: 0.5, fromLogits: true, reduction: r), PredictionKind.Logits, false, (x, t) => BinaryFocal(Sigmoid(x), t, 0.25, 0.5, 0)),
        new("CategoricalFocalCrossentropy", r => Loss.CategoricalFocalCrossentropy(reduction: r), PredictionKind.Positive, false, (p, t) => CategoricalFocal(p, t, 0.25, 2, 0)),
        new("CategoricalFocalCrossentropy smoothed", r => Loss.CategoricalFocalCrossentropy(0.5, 1.5, labelSmoothing: 0.1, reduction: r), PredictionKind.Positive, false, (p, t) => CategoricalFocal(p, t, 0.5, 1.5, 0.1)),
        new("CategoricalFocalCrossentropy of logits", r => Loss.CategoricalFocalCrossentropy(1, 0.5, true, reduction: r), PredictionKind.Logits, false, (x, t) => CategoricalFocal(Softmax(x), t, 1, 0.5, 0)),
        new("CategoricalGeneralizedCrossEntropy", r => Loss.CategoricalGeneralizedCrossEntropy(reduction: r), PredictionKind.Positive, true, (p, t) => Generalized(p, t, 0.5)),
        new("CategoricalGeneralizedCrossEntropy q", r => Loss.CategoricalGeneralizedCrossEntropy(0.8, r), PredictionKind.Positive, true, (p, t) => Generalized(p, t, 0.8)),
    ];

    /// <summary>The losses that fuse with a final activation, with the definition from logits.</summary>
    public static IReadOnlyList<(LossOracle Oracle, FinalActivation Activation)> Fused { get; } =
    [
        (new("BinaryCrossentropy", r => Loss.BinaryCrossentropy(reduction: r), PredictionKind.Logits, false, (x, t) => Binary(Sigmoid(x), t, 0)), FinalActivation.Sigmoid),
        (new("BinaryCrossentropy smoothed", r => Loss.BinaryCrossentropy(labelSmoothing: 0.2, reduction: r), PredictionKind.Logits, false, (x, t) => Binary(Sigmoid(x), t, 0.2)), FinalActivation.Sigmoid),
        (new("CategoricalCrossentropy", r => Loss.CategoricalCrossentropy(reduction: r), PredictionKind.Logits, false, (x, t) => OfLogits(x, t, 0)), FinalActivation.Softmax),
        (new("CategoricalCrossentropy smoothed", r => Loss.CategoricalCrossentropy(labelSmoothing: 0.1, reduction: r), PredictionKind.Logits, false, (x, t) => OfLogits(x, t, 0.1)), FinalActivation.Softmax),
        (new("SparseCategoricalCrossentropy", r => Loss.SparseCategoricalCrossentropy(reduction: r), PredictionKind.Logits, true, (x, t) => OfLogits(x, t, 0)), FinalActivation.Softmax),
        (new("BinaryFocalCrossentropy", r => Loss.BinaryFocalCrossentropy(reduction: r), PredictionKind.Logits, false, (x, t) => BinaryFocal(Sigmoid(x), t, null, 2, 0)), FinalActivation.Sigmoid),
        (new("BinaryFocalCrossentropy balanced", r => Loss.BinaryFocalCrossentropy(true, 0.75, 1.5, labelSmoothing: 0.2, reduction: r), PredictionKind.Logits, false, (x, t) => BinaryFocal(Sigmoid(x), t, 0.75, 1.5, 0.2)), FinalActivation.Sigmoid),
        (new("CategoricalFocalCrossentropy", r => Loss.CategoricalFocalCrossentropy(reduction: r), PredictionKind.Logits, false, (x, t) => CategoricalFocal(Softmax(x), t, 0.25, 2, 0)), FinalActivation.Softmax),
        (new("CategoricalFocalCrossentropy smoothed", r => Loss.CategoricalFocalCrossentropy(0.5, 1.5, labelSmoothing: 0.1, reduction: r), PredictionKind.Logits, false, (x, t) => CategoricalFocal(Softmax(x), t, 0.5, 1.5, 0.1)), FinalActivation.Softmax),
    ];

    public static double[] Softmax(double[] x)
    {
        double total = x.Sum(Math.Exp);
        return [.. x.Select(v => Math.Exp(v) / total)];
    }

    public static double[] Sigmoid(double[] x) => [.. x.Select(v => 1 / (1 + Math.Exp(-v)))];

    public override string ToString() => Name;

    private static double Clip(double p) => Math.Clamp(p, Epsilon, 1 - Epsilon);

    private static double Huber(double[] p, double[] t, double delta) => p.Zip(t, (a, b) =>
    {
        double e = Math.Abs(a - b);
        return e <= delta ? e * e / 2 : (delta * e) - (delta * delta / 2);
    }).Average();

    private static double Binary(double[] p, double[] t, double smoothing) => p.Zip(t, (a, b) =>
    {
        double y = (b * (1 - smoothing)) + (smoothing / 2);
        return -(y * Math.Log(Clip(a))) - ((1 - y) * Math.Log(1 - Clip(a)));
    }).Average();

    private static double Categorical(double[] p, double[] t, double smoothing)
    {
        double total = p.Sum();
        return -p.Zip(t, (a, b) => ((b * (1 - smoothing)) + (smoothing / p.Length)) * Math.Log(Clip(a / total))).Sum();
    }

    private static double OfLogits(double[] x, double[] t, double smoothing) =>
        -Softmax(x).Zip(t, (a, b) => ((b * (1 - smoothing)) + (smoothing / x.Length)) * Math.Log(a)).Sum();

    private static double Divergence(double[] p, double[] t) => p.Zip(t, (a, b) =>
    {
        double y = Math.Clamp(b, Epsilon, 1);
        return y * Math.Log(y / Math.Clamp(a, Epsilon, 1));
    }).Sum();

    private static double Cosine(double[] p, double[] t)
    {
        double Norm(double[] x) => Math.Max(Math.Sqrt(x.Sum(v => v * v)), Epsilon);
        return -p.Zip(t, (a, b) => a / Norm(p) * (b / Norm(t))).Sum();
    }

    private static double BinaryFocal(double[] p, double[] t, double? alpha, double gamma, double smoothing) => p.Zip(t, (a, b) =>
    {
        double y = (b * (1 - smoothing)) + (smoothing / 2);
        double right = (y * a) + ((1 - y) * (1 - a));
        double weight = alpha is { } share ? (y * share) + ((1 - y) * (1 - share)) : 1;
        return weight * Math.Pow(1 - right, gamma) * Binary([a], [y], 0);
    }).Average();

    private static double CategoricalFocal(double[] p, double[] t, double alpha, double gamma, double smoothing) => p.Zip(t, (a, b) =>
    {
        double share = Clip(a / p.Sum());
        return -alpha * Math.Pow(1 - share, gamma) * ((b * (1 - smoothing)) + (smoothing / p.Length)) * Math.Log(share);
    }).Sum();

    private static double Generalized(double[] p, double[] t, double q) => (1 - Math.Pow(p.Zip(t, (a, b) => a * b).Sum(), q)) / q;
}
