namespace NetGen;

public abstract partial class Metric
{
    /// <summary>How often predictions are right, as Keras understands the name "accuracy": <see cref="BinaryAccuracy"/> for outputs of size 1;
    /// else <see cref="SparseCategoricalAccuracy"/> for targets that are class indices, and <see cref="CategoricalAccuracy"/> for one-hot ones.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric Accuracy(string name = "accuracy") => new AccuracyMetric(name);

    /// <summary>How often an element equals its target (Keras's class <c>keras.metrics.Accuracy</c>).</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric ExactAccuracy(string name = "accuracy") => new ExactAccuracyMetric(name);

    /// <summary>How often <c>prediction &gt; threshold</c> equals the target, 0 or 1.</summary>
    /// <param name="threshold">Within (0, 1).</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not within (0, 1).</exception>
    public static Metric BinaryAccuracy(double threshold = 0.5, string name = "binary_accuracy") => new BinaryAccuracyMetric(threshold, name);

    /// <summary>How often the largest prediction of a row stands where its largest target (one-hot) does; of equal ones the first counts.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric CategoricalAccuracy(string name = "categorical_accuracy") => new CategoricalAccuracyMetric(name);

    /// <summary>How often the largest prediction of a row stands at its target, a class index.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") => new SparseCategoricalAccuracyMetric(name);

    /// <summary>How often the target is among the k largest predictions: <see cref="SparseTopKCategoricalAccuracy"/> or
    /// <see cref="TopKCategoricalAccuracy"/>, chosen as <see cref="Accuracy"/> chooses.</summary>
    /// <param name="k">How many of the largest predictions count.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static Metric TopK(int k = 5, string name = "top_k_categorical_accuracy") => new TopKMetric(k, name);

    /// <summary>How often the class of the largest target (one-hot) is among the k largest predictions; ties count as among them.</summary>
    /// <param name="k">How many of the largest predictions count.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static Metric TopKCategoricalAccuracy(int k = 5, string name = "top_k_categorical_accuracy") => new TopKCategoricalAccuracyMetric(k, name);

    /// <summary>How often the target, a class index, is among the k largest predictions; ties count as among them.</summary>
    /// <param name="k">How many of the largest predictions count.</param>
    /// <param name="fromSortedIds">Whether predictions are class indices, best first, rather than scores.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static Metric SparseTopKCategoricalAccuracy(
        int k = 5, bool fromSortedIds = false, string name = "sparse_top_k_categorical_accuracy") =>
        new SparseTopKCategoricalAccuracyMetric(k, fromSortedIds, name);

    /// <summary>True positives over predicted positives; a prediction above the threshold is positive, and so is a target other than 0.</summary>
    /// <param name="thresholds">In [0, 1]; one result for each. Without them 0.5, or with <paramref name="topK"/> none.</param>
    /// <param name="topK">Only the k largest predictions of a row can be positive.</param>
    /// <param name="classId">Only this class counts.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric Precision(IReadOnlyList<double>? thresholds = null, int? topK = null, int? classId = null, string name = "precision") =>
        new PrecisionMetric(thresholds, topK, classId, name);

    /// <summary>True positives over positive targets; a prediction above the threshold is positive, and so is a target other than 0.</summary>
    /// <param name="thresholds">In [0, 1]; one result for each. Without them 0.5, or with <paramref name="topK"/> none.</param>
    /// <param name="topK">Only the k largest predictions of a row can be positive.</param>
    /// <param name="classId">Only this class counts.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric Recall(IReadOnlyList<double>? thresholds = null, int? topK = null, int? classId = null, string name = "recall") =>
        new RecallMetric(thresholds, topK, classId, name);

    /// <summary>The area under a curve, as a sum over thresholds.</summary>
    /// <param name="numThresholds">How many thresholds, evenly from 0 to 1; at least 2.</param>
    /// <param name="curve">Which curve.</param>
    /// <param name="summationMethod">How the intervals between thresholds are summed.</param>
    /// <param name="thresholds">Thresholds in [0, 1] in place of the even ones; the ends are added.</param>
    /// <param name="multiLabel">Whether each label has its own curve and the result is their mean; else all elements share one.</param>
    /// <param name="numLabels">The number of labels with <paramref name="multiLabel"/>, where it is to be checked.</param>
    /// <param name="labelWeights">A weight per label: of its area with <paramref name="multiLabel"/>, else of its elements.</param>
    /// <param name="fromLogits">Whether predictions are logits.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or <paramref name="numLabels"/> is given without
    /// <paramref name="multiLabel"/>.</exception>
    public static Metric AUC(
        int numThresholds = 200,
        AucCurve curve = AucCurve.ROC,
        AucSummation summationMethod = AucSummation.Interpolation,
        IReadOnlyList<double>? thresholds = null,
        bool multiLabel = false,
        int? numLabels = null,
        IReadOnlyList<double>? labelWeights = null,
        bool fromLogits = false,
        string name = "auc") =>
        new AucMetric(numThresholds, curve, summationMethod, thresholds, multiLabel, numLabels, labelWeights, fromLogits, name);

    /// <summary>The mean of <c>(prediction - target)^2</c>.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric MeanSquaredError(string name = "mean_squared_error") => FromLoss(Loss.MeanSquaredError(), name);

    /// <summary>The mean of <c>|prediction - target|</c>.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric MeanAbsoluteError(string name = "mean_absolute_error") => FromLoss(Loss.MeanAbsoluteError(), name);

    /// <summary>The root of the mean of <c>(prediction - target)^2</c>.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric RootMeanSquaredError(string name = "root_mean_squared_error") => new RootMeanSquaredErrorMetric(name);

    /// <summary>The coefficient of determination: <c>1 - sum((t - p)^2) / sum((t - mean(t))^2)</c>; the best is 1, and 0 is as good as the
    /// mean.</summary>
    /// <param name="classAggregation">How the scores of several outputs are joined.</param>
    /// <param name="numRegressors">The number of regressors p for the adjusted score <c>1 - (1 - R2)(n - 1) / (n - p - 1)</c> of n samples;
    /// 0 for the plain one.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="numRegressors"/> is negative.</exception>
    public static Metric R2Score(
        R2Aggregation classAggregation = R2Aggregation.UniformAverage, int numRegressors = 0, string name = "r2_score") =>
        new R2ScoreMetric(classAggregation, numRegressors, name);

    /// <summary>The mean of <see cref="Loss.BinaryCrossentropy"/> over rows.</summary>
    /// <param name="fromLogits">Whether predictions are logits.</param>
    /// <param name="labelSmoothing">The smoothing of the targets, in [0, 1].</param>
    /// <param name="name">The name in reports.</param>
    public static Metric BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0, string name = "binary_crossentropy") =>
        FromLoss(Loss.BinaryCrossentropy(fromLogits, labelSmoothing), name);

    /// <summary>The mean of <see cref="Loss.CategoricalCrossentropy"/> over rows.</summary>
    /// <param name="fromLogits">Whether predictions are logits.</param>
    /// <param name="labelSmoothing">The smoothing of the targets, in [0, 1].</param>
    /// <param name="axis">The axis of the classes, counted with the batch axis; negative from the end.</param>
    /// <param name="name">The name in reports.</param>
    public static Metric CategoricalCrossentropy(
        bool fromLogits = false, double labelSmoothing = 0, int axis = -1, string name = "categorical_crossentropy") =>
        FromLoss(Loss.CategoricalCrossentropy(fromLogits, labelSmoothing, axis), name);

    /// <summary>The mean of <see cref="Loss.SparseCategoricalCrossentropy"/> over rows. As in Keras, rows of the ignored class count as
    /// rows of loss 0 unless weights or a mask are given.</summary>
    /// <param name="fromLogits">Whether predictions are logits.</param>
    /// <param name="ignoreClass">The class whose rows are left out.</param>
    /// <param name="name">The name in reports.</param>
    public static Metric SparseCategoricalCrossentropy(
        bool fromLogits = false, int? ignoreClass = null, string name = "sparse_categorical_crossentropy") =>
        FromLoss(Loss.SparseCategoricalCrossentropy(fromLogits, ignoreClass), name);

    /// <summary>The mean of <see cref="Loss.KLDivergence"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric KLDivergence(string name = "kl_divergence") => FromLoss(Loss.KLDivergence(), name);

    /// <summary>The weighted mean of the predictions themselves.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric Mean(string name = "mean") => new ValueMeanMetric(name);

    /// <summary>The weighted sum of the predictions themselves.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric Sum(string name = "sum") => new ValueSumMetric(name);

    /// <summary>The mean of any loss over rows, its reduction aside.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="name">The name in reports; the loss's own unless given.</param>
    /// <exception cref="ArgumentNullException">The loss is null.</exception>
    public static Metric FromLoss(Loss loss, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new LossMetric(loss, name ?? loss.Name);
    }
}
